package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cruddur.obs.Obs;
import io.cruddur.obs.trace.Sampler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a request costs its thread in objects, those of its container aside. */
@Timeout(120)
class FilterAllocationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REQUESTS = 20_000;
    private static final FilterChain NOTHING = (request, response) -> {};

    /** Answers what a browser would ask, and makes no object of its own but for the URL's buffer. */
    private static final class Request extends HttpServletRequestWrapper {
        private @Nullable Object exchange;

        Request() {
            super(nobody(HttpServletRequest.class));
        }

        @Override
        public @Nullable String getHeader(String name) {
            return switch (name) {
                case "Host" -> "localhost:8080";
                case "User-Agent" -> "Mozilla/5.0 (X11; Linux x86_64)";
                default -> null;
            };
        }

        /** None: it is the container's own. */
        @Override
        public @Nullable ServletRequest getRequest() {
            return null;
        }

        @Override
        public DispatcherType getDispatcherType() {
            return DispatcherType.REQUEST;
        }

        @Override
        public String getRemoteAddr() {
            return "203.0.113.9";
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public String getScheme() {
            return "http";
        }

        @Override
        public String getServletPath() {
            return "/api/activities/notifications";
        }

        @Override
        public @Nullable String getPathInfo() {
            return null;
        }

        @Override
        public String getRequestURI() {
            return "/api/activities/notifications";
        }

        @Override
        @SuppressWarnings("JdkObsolete") // the servlet API's own type
        public StringBuffer getRequestURL() {
            return new StringBuffer("http://localhost:8080/api/activities/notifications");
        }

        @Override
        public @Nullable String getQueryString() {
            return null;
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return name.equals(ObsFilter.class.getName()) ? exchange : null;
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            exchange = value;
        }

        @Override
        public boolean isAsyncStarted() {
            return false;
        }
    }

    private static final class Response extends HttpServletResponseWrapper {
        Response() {
            super(nobody(HttpServletResponse.class));
        }

        @Override
        public void setHeader(String name, String value) {}

        @Override
        public @Nullable String getHeader(String name) {
            return null;
        }

        @Override
        public int getStatus() {
            return 200;
        }
    }

    private static <T> T nobody(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    /** The compiler needs a while, and longer where others use the machine; after that it must be below the bound. */
    private static void assertBytesARequest(ObsFilter filter, int bound) throws Exception {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var request = new Request();
        var response = new Response();
        double least = Double.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (least >= bound && System.nanoTime() - end < 0) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < REQUESTS; i++) {
                request.exchange = null;
                filter.doFilter(request, response, NOTHING);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            least = Math.min(least, allocated / (double) REQUESTS);
        }
        assertThat(least).as("bytes a request").isLessThan(bound);
    }

    private static ObsFilter filter(Obs obs) {
        return ObsFilter.builder(obs)
                .exclude(List.of("defaults"))
                .accessLog(AccessLogOptions::off)
                .build();
    }

    @Test
    void aRequestThatIsNotRecordedIsCheap() throws Exception {
        try (Obs obs = Obs.builder().service("backend").sampler(Sampler.never()).build()) {
            assertBytesARequest(filter(obs), 850);
        }
    }

    @Test
    void aRequestThatIsRecordedIsCheap() throws Exception {
        try (Obs obs = Obs.builder()
                .service("backend")
                .segmentDocuments(document -> {})
                .build()) {
            assertBytesARequest(filter(obs), 1_300);
        }
    }

    @Test
    void anExcludedRequestCostsNothing() throws Exception {
        try (Obs obs = Obs.builder().service("backend").build()) {
            ObsFilter filter = ObsFilter.builder(obs)
                    .exclude(List.of("defaults", "/api/**"))
                    .build();
            assertBytesARequest(filter, 1);
        }
    }
}
