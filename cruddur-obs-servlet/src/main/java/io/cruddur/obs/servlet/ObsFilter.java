package io.cruddur.obs.servlet;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.cruddur.obs.Obs;
import io.cruddur.obs.TrustedPeers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a segment of every request, tells the caller its trace id in {@code X-Amzn-Trace-Id}, writes a line to the
 * access log, and reports what escapes. Map it first, to all paths, with asynchronous support, for the dispatcher types
 * {@code REQUEST}, {@code ASYNC} and {@code ERROR}: a request is one segment however often it is dispatched, and what later
 * dispatches do belongs to it. While {@link Obs} is off it does nothing.
 *
 * <p>A request comes first: a failure in here is logged at debug and the chain runs, once, as if this were not there.
 * Thread-safe.
 */
public final class ObsFilter implements Filter {
    /**
     * An attribute of the request by which a framework or an application tells the template that matched, such as {@code
     * /users/{id}}: a {@code String}, or what has it as its {@code toString()}. Spring MVC's own attribute is read too.
     */
    public static final String ROUTE_ATTRIBUTE = "io.cruddur.obs.route";

    /**
     * The attribute of a request under which a framework may leave the exception that it turns into an answer itself. It is
     * reported if the answer's status is 500 or above. Spring MVC has its own, which is read as well.
     */
    public static final String FAILURE_ATTRIBUTE = ObsFilter.class.getName() + ".failure";

    private static final Logger LOG = LoggerFactory.getLogger(ObsFilter.class);
    /** Where a request that has been seen keeps its exchange: its later dispatches are parts of that. */
    private static final String EXCHANGE = ObsFilter.class.getName();

    private final Obs obs;
    private final TrustedPeers peers;
    private final boolean byClient;
    private final PathGlobs excluded;
    private final Routes routes;
    private final AccessLog accessLog;

    private ObsFilter(Builder builder) {
        this.obs = builder.obs;
        this.peers = builder.peers;
        this.byClient = builder.byClient;
        this.excluded = builder.excluded;
        this.routes = builder.routes;
        this.accessLog = AccessLog.of(builder.accessLog);
    }

    /** A filter with the defaults of {@link Builder}. */
    public static ObsFilter create(Obs obs) {
        return builder(obs).build();
    }

    /** A filter to be set up. */
    public static Builder builder(Obs obs) {
        return new Builder(obs);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange earlier = earlier(request);
        if (earlier != null) {
            earlier.goOn(request, response, chain);
            return;
        }
        Exchange exchange = begin(request, response);
        if (exchange == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (Throwable e) {
            exchange.leave(e);
            throw e;
        }
        exchange.leave(null);
    }

    /**
     * What an error page or an asynchronous dispatch is a part of, on whatever thread it is; null if it is none. A forward or
     * an include is within its request as it is.
     */
    private static @Nullable Exchange earlier(ServletRequest request) {
        try {
            DispatcherType type = request.getDispatcherType();
            if (type == DispatcherType.ASYNC || type == DispatcherType.ERROR) {
                return (Exchange) request.getAttribute(EXCHANGE);
            }
        } catch (Throwable e) {
            LOG.debug("A dispatch cannot be told from others", e);
        }
        return null;
    }

    /** Marks the request as seen and begins its segment; null if it is none of ours or cannot be read. */
    private @Nullable Exchange begin(ServletRequest request, ServletResponse response) {
        try {
            if (request instanceof HttpServletRequest http
                    && response instanceof HttpServletResponse answer
                    && isOurs(http)) {
                RequestFacts facts = RequestFacts.of(http, peers, byClient);
                Exchange exchange =
                        Exchange.begin(obs, accessLog.covers(http) ? accessLog : null, routes, facts, http, answer);
                if (exchange != null) {
                    exchange.mark(EXCHANGE);
                }
                return exchange;
            }
        } catch (Throwable e) {
            LOG.debug("A request is not traced", e);
        }
        return null;
    }

    private boolean isOurs(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST
                && request.getAttribute(EXCHANGE) == null
                && !excluded.match(request);
    }

    /** Sets up a filter. Used by one thread. */
    public static final class Builder {
        private final Obs obs;
        private TrustedPeers peers = TrustedPeers.privateNetworks();
        private boolean byClient;
        private PathGlobs excluded = PathGlobs.NONE;
        private Routes routes = new Routes(Routes::ofAttributes);
        private final AccessLogOptions accessLog = new AccessLogOptions();

        private Builder(Obs obs) {
            this.obs = obs;
        }

        /** Whose trace ids are gone on with, and whose word counts for the client's address. */
        @CanIgnoreReturnValue
        public Builder trustedPeers(TrustedPeers value) {
            peers = value;
            return this;
        }

        /**
         * Whether the client has to be trusted, the first stranger in {@code X-Forwarded-For} from the right, and not only
         * the last proxy before this server; false by default. So what a load balancer passes on from the internet is a
         * stranger's.
         */
        @CanIgnoreReturnValue
        public Builder trustByClient(boolean value) {
            byClient = value;
            return this;
        }

        /**
         * Paths, within the application, that pass untouched: no segment, no access line; none by default.
         *
         * @param globs such as {@code /health}, {@code /static/*} for one level, {@code /static/**} for all of them or
         *     {@code /**.css}; and {@code defaults} for what {@code docs/servlet.md} lists: health checks, the actuator and
         *     static files
         * @throws IllegalArgumentException naming the one that does not begin with a slash
         */
        @CanIgnoreReturnValue
        public Builder exclude(List<String> globs) {
            excluded = PathGlobs.of(globs);
            return this;
        }

        /**
         * Tells the route of a request, such as {@code /users/{id}}, for the annotation {@code http_route} and the access
         * log; by default what {@link #ROUTE_ATTRIBUTE} says, else Spring MVC's own attribute. It is asked when the request is
         * over. Null for unknown; what it throws is too.
         */
        @CanIgnoreReturnValue
        public Builder route(Function<HttpServletRequest, @Nullable Object> value) {
            routes = new Routes(value);
            return this;
        }

        /** Which requests have a line in the log, at what level: see {@link AccessLogOptions}. */
        @CanIgnoreReturnValue
        public Builder accessLog(Consumer<AccessLogOptions> options) {
            options.accept(accessLog);
            return this;
        }

        /** The filter. */
        public ObsFilter build() {
            return new ObsFilter(this);
        }
    }
}
