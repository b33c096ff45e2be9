package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cruddur.obs.Obs;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong in the filter, the chain runs once and what it throws passes. */
class FilterFailureTest {
    @SuppressWarnings("JdkObsolete") // the servlet API's own type
    private static final Map<String, Object> REQUEST = Map.of(
            "getDispatcherType", DispatcherType.REQUEST,
            "getRemoteAddr", "127.0.0.1",
            "getMethod", "GET",
            "getScheme", "http",
            "getRequestURI", "/hello",
            "getRequestURL", new StringBuffer("http://localhost/hello"),
            "getHeaders", Collections.emptyEnumeration(),
            "getHeader", "curl/8",
            "isAsyncStarted", false);

    private final Obs obs = Obs.builder().service("backend").build();
    private final AccessLines accessLines = new AccessLines(obs);
    private final AtomicInteger runs = new AtomicInteger();
    private final FilterChain chain = (request, response) -> runs.incrementAndGet();

    @AfterEach
    void close() {
        accessLines.close();
        obs.close();
    }

    /** An object whose methods answer as given, or throw the answer if it can be thrown. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers, String failing) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(failing)) {
                        throw new IllegalStateException("hostile " + failing);
                    }
                    Object answer = answers.get(method.getName());
                    return answer == null && method.getReturnType() == int.class ? Integer.valueOf(200) : answer;
                }));
    }

    private void filter(HttpServletRequest request, HttpServletResponse response) throws Exception {
        ObsFilter.create(obs).doFilter(request, response, chain);
    }

    static Set<String> requestMethods() {
        var methods = new TreeSet<>(REQUEST.keySet());
        methods.addAll(Set.of("getAttribute", "setAttribute", "getQueryString"));
        return methods;
    }

    @ParameterizedTest
    @MethodSource("requestMethods")
    void aRequestThatThrowsIsServedOnce(String failing) throws Exception {
        filter(fake(HttpServletRequest.class, REQUEST, failing), fake(HttpServletResponse.class, Map.of(), ""));

        assertThat(runs).hasValue(1);
        assertThat(obs.currentTraceContext().isValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"setHeader", "getStatus", "getHeader"})
    void aResponseThatThrowsIsServedOnce(String failing) throws Exception {
        filter(fake(HttpServletRequest.class, REQUEST, ""), fake(HttpServletResponse.class, Map.of(), failing));

        assertThat(runs).hasValue(1);
        assertThat(obs.currentTraceContext().isValid()).isFalse();
    }

    @Test
    void aContentLengthThatIsNoNumberIsUnknown() throws Exception {
        filter(
                fake(HttpServletRequest.class, REQUEST, ""),
                fake(HttpServletResponse.class, Map.of("getHeader", "many"), ""));

        assertThat(accessLines.lines().remove().fields()).doesNotContainKey("bytes");
    }

    @Test
    void whatTheChainThrowsPassesAsItIs() {
        var thrown = new IOException("gone");
        HttpServletRequest request = fake(HttpServletRequest.class, REQUEST, "");
        HttpServletResponse response = fake(HttpServletResponse.class, Map.of(), "");

        Throwable caught = catchThrowable(() -> ObsFilter.create(obs).doFilter(request, response, (q, a) -> {
            throw thrown;
        }));

        assertThat(caught).isSameAs(thrown);
        assertThat(accessLines.lines().remove().text()).endsWith("GET http /hello 500");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void causesThatGoRoundInACircleEnd() {
        var inner = new ServletException("inner");
        var outer = new ServletException("outer", inner);
        inner.initCause(outer);
        HttpServletRequest request = fake(HttpServletRequest.class, REQUEST, "");
        HttpServletResponse response = fake(HttpServletResponse.class, Map.of(), "");

        Throwable caught = catchThrowable(() -> ObsFilter.create(obs).doFilter(request, response, (q, a) -> {
            throw outer;
        }));

        assertThat(caught).isSameAs(outer);
        assertThat(accessLines.lines()).hasSize(1);
    }

    @Test
    void aFailureOfARequestWithoutAUrlHasItsLine() {
        HttpServletRequest request = fake(HttpServletRequest.class, REQUEST, "getRequestURL");
        HttpServletResponse response = fake(HttpServletResponse.class, Map.of(), "");

        Throwable caught = catchThrowable(() -> ObsFilter.create(obs).doFilter(request, response, (q, a) -> {
            throw new IOException("gone");
        }));

        assertThat(caught).hasMessage("gone");
        assertThat(accessLines.lines().remove().text()).endsWith("GET http /hello 500");
    }

    @Test
    void aSpanThatTheApplicationForgotDoesNotStayOnTheThread() throws Exception {
        ObsFilter.create(obs)
                .doFilter(
                        fake(HttpServletRequest.class, REQUEST, ""),
                        fake(HttpServletResponse.class, Map.of(), ""),
                        (request, response) ->
                                obs.trace("forgotten").newTrace().start().annotate("never", "closed"));

        assertThat(obs.currentTraceContext().isValid()).isFalse();
    }

    @Test
    void noLineCanBeForgedByThePathOrTheUserAgent() throws Exception {
        var hostile = new HashMap<>(REQUEST);
        hostile.put("getRequestURI", "/a\r\n[2026-Nov-22 16:00] 1.1.1.1 GET http /forged\u001b[2J\u202e");
        hostile.put("getQueryString", "b\n=1");
        hostile.put("getHeader", "agent\r\nforged");

        filter(fake(HttpServletRequest.class, hostile, ""), fake(HttpServletResponse.class, Map.of(), ""));

        AccessLines.Line line = accessLines.lines().remove();
        assertThat(line.text())
                .endsWith(
                        "/a\\u000d\\u000a[2026-Nov-22 16:00] 1.1.1.1 GET http /forged\\u001b[2J\\u202e?b\\u000a= 200");
        assertThat(line.fields().values().toString()).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void anErrorPageOfARequestThatWasNotSeenPasses() throws Exception {
        var errorPage = new HashMap<>(REQUEST);
        errorPage.put("getDispatcherType", DispatcherType.ERROR);

        filter(fake(HttpServletRequest.class, errorPage, ""), fake(HttpServletResponse.class, Map.of(), ""));

        assertThat(runs).hasValue(1);
        assertThat(accessLines.lines()).isEmpty();
    }

    @Test
    void whatIsNotHttpPasses() {
        assertThatCode(() -> ObsFilter.create(obs)
                        .doFilter(
                                fake(ServletRequest.class, Map.of(), ""),
                                fake(ServletResponse.class, Map.of(), ""),
                                chain))
                .doesNotThrowAnyException();

        assertThat(runs).hasValue(1);
        assertThat(accessLines.lines()).isEmpty();
    }
}
