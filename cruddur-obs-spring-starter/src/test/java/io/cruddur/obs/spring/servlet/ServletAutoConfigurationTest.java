package io.cruddur.obs.spring.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.servlet.ObsFilter;
import io.cruddur.obs.spring.Runners;
import jakarta.servlet.DispatcherType;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@ExtendWith(OutputCaptureExtension.class)
class ServletAutoConfigurationTest {
    private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";

    private final WebApplicationContextRunner runner = Runners.web();

    @Test
    void theFilterIsAroundAllThatMayFailAndTakesAsynchronousRequests() {
        runner.run(context -> {
            FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
            assertThat(registration.getFilter()).isInstanceOf(ObsFilter.class);
            assertThat(registration.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
            assertThat(registration.isAsyncSupported()).isTrue();
            assertThat(registration.determineDispatcherTypes())
                    .containsExactlyInAnyOrder(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        });
    }

    @Test
    void filterOrderAndFilterDispatcherTypes() {
        runner.withPropertyValues(
                        "cruddur.obs.servlet.filter-order=7",
                        "cruddur.obs.servlet.filter-dispatcher-types=request,forward")
                .run(context -> {
                    FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
                    assertThat(registration.getOrder()).isEqualTo(7);
                    assertThat(registration.determineDispatcherTypes())
                            .containsExactlyInAnyOrder(DispatcherType.REQUEST, DispatcherType.FORWARD);
                });
    }

    @Test
    void aFilterOfTheApplicationsTakesItsPlace() {
        runner.withBean(ObsFilter.class, () -> ObsFilter.create(Obs.off()))
                .run(context -> assertThat(context).doesNotHaveBean(FilterRegistrationBean.class));
    }

    @Test
    void withoutTheServletModuleThereIsNoFilter() {
        runner.withClassLoader(new FilteredClassLoader(ObsFilter.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FilterRegistrationBean.class));
    }

    @ParameterizedTest
    @CsvSource({
        "private,                  10.1.2.3, true",
        "private,                  8.8.8.8,  false",
        "none,                     10.1.2.3, false",
        "all,                      8.8.8.8,  true",
        "'8.8.0.0/16,10.0.0.0/8',  8.8.8.8,  true",
        "'8.8.0.0/16,10.0.0.0/8',  9.9.9.9,  false",
    })
    void trustedPeers(String trusted, String peer, boolean continued) {
        runner.withPropertyValues("cruddur.obs.trace.trusted-peers=" + trusted).run(context -> {
            var request = new MockHttpServletRequest("GET", "/");
            request.setRemoteAddr(peer);
            request.addHeader("X-Amzn-Trace-Id", "Root=" + ROOT + ";Parent=53995c3f42cd8ad8;Sampled=1");
            assertThat(String.valueOf(filter(context, request).getHeader("X-Amzn-Trace-Id"))
                            .contains(ROOT))
                    .isEqualTo(continued);
        });
    }

    /** Jetty takes the first address of X-Forwarded-For, which anybody can write. */
    @ParameterizedTest
    @CsvSource({"native, private, false", "native, all, true", "framework, private, true", "none, private, true"})
    void aServerThatTakesTheHeadersFirstAddressForThePeersIsNotBelieved(
            String strategy, String trusted, boolean continued) {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.tomcat"))
                .withPropertyValues(
                        "server.forward-headers-strategy=" + strategy, "cruddur.obs.trace.trusted-peers=" + trusted)
                .run(context -> {
                    var request = new MockHttpServletRequest("GET", "/");
                    request.setRemoteAddr("127.0.0.1");
                    request.addHeader("X-Amzn-Trace-Id", "Root=" + ROOT + ";Parent=53995c3f42cd8ad8;Sampled=1");
                    assertThat(String.valueOf(filter(context, request).getHeader("X-Amzn-Trace-Id"))
                                    .contains(ROOT))
                            .isEqualTo(continued);
                });
    }

    @ParameterizedTest
    @CsvSource({"/health, false", "/static/a/b.css, false", "/healthy, true"})
    void exclude(String path, boolean traced) {
        runner.withPropertyValues("cruddur.obs.trace.exclude=/health,/static/**")
                .run(context -> {
                    var request = new MockHttpServletRequest("GET", path);
                    request.setServletPath(path);
                    assertThat(filter(context, request).getHeader("X-Amzn-Trace-Id") != null)
                            .isEqualTo(traced);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                            /actuator/health, false",
        "'',                                            /favicon.ico,     false",
        "'',                                            /api/users,       true",
        "cruddur.obs.trace.exclude=,                    /actuator/health, true",
        "'cruddur.obs.trace.exclude=defaults,/internal/**', /internal/x,  false",
        "'cruddur.obs.trace.exclude=defaults,/internal/**', /health,      false",
        "management.endpoints.web.base-path=/manage,    /manage/health,   false",
        "management.endpoints.web.base-path=/,          /api/users,       true",
        "spring.mvc.servlet.path=/api,                  /api/actuator/health, false",
        "spring.mvc.servlet.path=/api/,                 /api/actuator/health, false",
        "spring.mvc.servlet.path=/,                     /actuator/health, false",
        "spring.mvc.servlet.path=/api,                  /api/users,       true",
        "'spring.mvc.servlet.path=/api;management.endpoints.web.base-path=/manage', /api/manage/health, false",
        "'spring.mvc.servlet.path=/api;management.endpoints.web.base-path=/', /api/users, true",
    })
    void excludeByDefault(String properties, String path, boolean traced) {
        runner.withPropertyValues(properties.isEmpty() ? new String[0] : properties.split(";"))
                .run(context -> {
                    var request = new MockHttpServletRequest("GET", path);
                    request.setServletPath(path);
                    assertThat(filter(context, request).getHeader("X-Amzn-Trace-Id") != null)
                            .isEqualTo(traced);
                });
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void logsAccess(boolean access, CapturedOutput output) {
        runner.withPropertyValues("cruddur.obs.logs.access=" + access).run(context -> {
            filter(context, new MockHttpServletRequest("GET", "/the/path"));
            assertThat(output.toString().contains("/the/path 200")).isEqualTo(access);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "cruddur.obs.logs.access-level=error,           200, ERROR, true",
        "cruddur.obs.logs.access-level=status,          200, INFO,  true",
        "cruddur.obs.logs.access-level=status,          404, WARN,  true",
        "cruddur.obs.logs.access-exclude=/the/*,        404, WARN,  false",
        "cruddur.obs.logs.access-sample=0,              200, INFO,  false",
        "cruddur.obs.logs.access-sample=0,              404, WARN,  true",
        "'cruddur.obs.logs.access-sample=0;cruddur.obs.logs.access-slow=0s', 200, INFO, true",
        "cruddur.obs.logs.access-logger=my.log,         200, my.log, true",
    })
    void accessLines(String properties, int status, String said, boolean written, CapturedOutput output) {
        runner.withPropertyValues(properties.split(";")).run(context -> {
            var request = new MockHttpServletRequest("GET", "/the/path");
            request.setServletPath("/the/path");
            filter(context, request, status);
            assertThat(output.toString()
                            .lines()
                            .anyMatch(line -> line.contains(said) && line.contains("/the/path " + status)))
                    .isEqualTo(written);
        });
    }

    private static MockHttpServletResponse filter(ApplicationContext context, MockHttpServletRequest request)
            throws Exception {
        return filter(context, request, 200);
    }

    private static MockHttpServletResponse filter(
            ApplicationContext context, MockHttpServletRequest request, int status) throws Exception {
        var response = new MockHttpServletResponse();
        response.setStatus(status);
        var filter = Objects.requireNonNull(
                context.getBean(FilterRegistrationBean.class).getFilter());
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }
}
