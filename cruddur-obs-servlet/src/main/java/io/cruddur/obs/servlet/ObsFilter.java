package io.cruddur.obs.servlet;

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
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a segment of every request, tells the caller its trace id in {@code X-Amzn-Trace-Id}, writes a line to the
 * access log, and reports what escapes. Map it first, to all paths, with asynchronous support. While
 * {@link Obs} is off it does nothing.
 *
 * <p>A request comes first: a failure in here is logged at debug and the chain runs, once, as if this were not there.
 * Thread-safe.
 */
public final class ObsFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(ObsFilter.class);
    /** On a request that has been seen: forwards, includes and dispatches of it are a part of it. */
    private static final String SEEN = ObsFilter.class.getName();

    private final Obs obs;
    private final TrustedPeers peers;
    private final PathGlobs excluded;
    private final AccessLog accessLog;

    private ObsFilter(Builder builder) {
        this.obs = builder.obs;
        this.peers = builder.peers;
        this.excluded = builder.excluded;
        this.accessLog = new AccessLog(builder.accessLog, Clock.system(ZoneId.systemDefault()));
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

    /** Marks the request as seen and begins its segment; null if it is none of ours or cannot be read. */
    private @Nullable Exchange begin(ServletRequest request, ServletResponse response) {
        try {
            if (request instanceof HttpServletRequest http
                    && response instanceof HttpServletResponse answer
                    && isOurs(http)) {
                http.setAttribute(SEEN, true);
                return Exchange.begin(obs, accessLog, RequestFacts.of(http, peers), http, answer);
            }
        } catch (Throwable e) {
            LOG.debug("A request is not traced", e);
        }
        return null;
    }

    private boolean isOurs(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST
                && request.getAttribute(SEEN) == null
                && !excluded.match(request);
    }

    /** Sets up a filter. Used by one thread. */
    public static final class Builder {
        private final Obs obs;
        private TrustedPeers peers = TrustedPeers.privateNetworks();
        private PathGlobs excluded = PathGlobs.of(List.of());
        private final AccessLogOptions accessLog = new AccessLogOptions();

        private Builder(Obs obs) {
            this.obs = obs;
        }

        /** Whose trace ids are gone on with, and whose word counts for the client's address. */
        public Builder trustedPeers(TrustedPeers value) {
            peers = value;
            return this;
        }

        /**
         * Paths, within the application, that pass untouched: no segment, no access line; none by default.
         *
         * @param globs such as {@code /health}, {@code /static/*} for one level or {@code /static/**} for all of them
         * @throws IllegalArgumentException naming the one that does not begin with a slash
         */
        public Builder exclude(List<String> globs) {
            excluded = PathGlobs.of(globs);
            return this;
        }

        /** Which requests have a line in the log, at what level: see {@link AccessLogOptions}. */
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
