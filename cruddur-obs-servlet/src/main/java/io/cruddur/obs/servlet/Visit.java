package io.cruddur.obs.servlet;

import io.cruddur.obs.Obs;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the chain, on a thread that goes back as it came whatever is open still: the segment of an asynchronous
 * request, which ends elsewhere, or a span that the application forgot. Otherwise a pool's thread would hold on to each
 * of them, and lend their ids to strangers.
 */
final class Visit {
    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);
    /** Asks for a trace that is not recorded. */
    private static final String OUTSIDE = "Root=1-00000000-000000000000000000000001;Sampled=0";

    private final Obs obs;
    private final AccessLog accessLog;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain chain;
    private boolean ran;
    private @Nullable Throwable thrown;

    Visit(Obs obs, AccessLog accessLog, HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        this.obs = obs;
        this.accessLog = accessLog;
        this.request = request;
        this.response = response;
        this.chain = chain;
    }

    /** Runs the chain, once, and throws what it throws. */
    void run(RequestFacts facts) throws IOException, ServletException {
        try {
            // A wrapped task restores what was current before it, which takes something to be current: a span that
            // nobody sees, for the segment is inside.
            obs.trace(obs.service())
                    .newTrace()
                    .continueFrom(name -> OUTSIDE)
                    .run(() -> obs.wrap(() -> runInSegment(facts)).run());
        } catch (Throwable e) {
            LOG.debug("A request is not traced", e);
        }
        if (!ran) {
            chain.doFilter(request, response);
        }
        if (thrown != null) {
            Visit.<RuntimeException>throwAsItIs(thrown);
        }
    }

    private void runInSegment(RequestFacts facts) {
        Exchange exchange = Exchange.begin(obs, accessLog, facts, request, response);
        ran = true;
        try {
            chain.doFilter(request, response);
        } catch (Throwable e) {
            thrown = e;
        }
        if (exchange != null) {
            exchange.endNowOrLater(thrown);
        }
    }

    /** Without a wrapper, also if it is a checked exception of another kind than the compiler knows of. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwAsItIs(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
