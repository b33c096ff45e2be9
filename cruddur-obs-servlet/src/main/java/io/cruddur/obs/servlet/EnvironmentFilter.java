package io.cruddur.obs.servlet;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.TrustedPeers;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filter with an {@link Obs} as the environment says, which lives as long as the context. It is made when filters begin,
 * which is when all of them are known: where the application has registered a filter itself, this one stands aside.
 */
final class EnvironmentFilter implements Filter {
    static final String SERVICE = "cruddur.obs.service";
    static final String EXCLUDE = "cruddur.obs.trace.exclude";
    static final String TRUSTED_PEERS = "cruddur.obs.trace.trusted-peers";
    static final String ACCESS = "cruddur.obs.logs.access";

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentFilter.class);

    private final Supplier<ObsBuilder> builders;
    private volatile @Nullable Obs obs;
    private volatile @Nullable ObsFilter filter;

    EnvironmentFilter(Supplier<ObsBuilder> builders) {
        this.builders = builders;
    }

    @Override
    public void init(FilterConfig config) {
        ServletContext context = config.getServletContext();
        try {
            if (hasOther(context)) {
                LOG.info("The application has an ObsFilter of its own; the one of the environment stands aside.");
            } else {
                begin(context);
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Requests are not traced", e);
        }
    }

    private static boolean hasOther(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .map(FilterRegistration::getClassName)
                .anyMatch(ObsFilter.class.getName()::equals);
    }

    private void begin(ServletContext context) {
        // The container stops the context before the JVM ends, and the last requests with it.
        ObsBuilder builder = builders.get().closeOnShutdown(false);
        String service = context.getInitParameter(SERVICE);
        if (service != null && !service.isBlank()) {
            builder.service(service.strip());
        }
        Obs made = builder.build();
        if (made.report().sinks().isEmpty()) {
            made.close();
            LOG.info(
                    "Cruddur Obs is off: no destination is set. Set AWS_XRAY_DAEMON_ADDRESS, AWS_REGION with credentials, "
                            + "or ROLLBAR_ACCESS_TOKEN; or turn this off with the context parameter {}=false.",
                    ObsServletInitializer.AUTO);
            return;
        }
        obs = made;
        filter = filter(made, context);
        context.setAttribute(Obs.class.getName(), made);
    }

    private static ObsFilter filter(Obs obs, ServletContext context) {
        ObsFilter.Builder builder = ObsFilter.builder(obs);
        orSaid(EXCLUDE, () -> builder.exclude(list(context, EXCLUDE, "defaults")));
        orSaid(TRUSTED_PEERS, () -> builder.trustedPeers(TrustedPeers.of(list(context, TRUSTED_PEERS, "private"))));
        if ("false".equalsIgnoreCase(context.getInitParameter(ACCESS))) {
            builder.accessLog(AccessLogOptions::off);
        }
        return builder.build();
    }

    private static List<String> list(ServletContext context, String name, String otherwise) {
        String value = context.getInitParameter(name);
        return List.of((value == null ? otherwise : value).split(",", -1));
    }

    /** A typo must not keep an application from starting. */
    private static void orSaid(String name, Runnable setting) {
        try {
            setting.run();
        } catch (IllegalArgumentException e) {
            LOG.error("The context parameter {} is as if it were not set: {}", name, e.getMessage());
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ObsFilter present = filter;
        if (present == null) {
            chain.doFilter(request, response);
        } else {
            present.doFilter(request, response, chain);
        }
    }

    @Override
    public void destroy() {
        filter = null;
        Obs closing = obs;
        obs = null;
        if (closing != null) {
            closing.close();
        }
    }
}
