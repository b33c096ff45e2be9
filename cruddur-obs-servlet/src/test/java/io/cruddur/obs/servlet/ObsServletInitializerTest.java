package io.cruddur.obs.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.test.DaemonReceiver;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web application that has the module on its class path and says nothing. */
class ObsServletInitializerTest {
    static {
        // Tomcat says of every start and end what nobody asks here.
        LogManager.getLogManager().reset();
    }

    private final Path directory;
    private final Tomcat tomcat = new Tomcat();
    private final AtomicInteger built = new AtomicInteger();
    private final DaemonReceiver daemon = new DaemonReceiver();

    ObsServletInitializerTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
    }

    @AfterEach
    void end() throws Exception {
        daemon.close();
        tomcat.destroy();
    }

    private ObsBuilder environment() {
        built.incrementAndGet();
        return Obs.builder().service("environment").installLogAppender(false).xrayDaemon(daemon.address());
    }

    private ServletContext start(
            Supplier<ObsBuilder> environment, Map<String, String> parameters, Consumer<Context> more)
            throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "hello", new HttpServlet() {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
                })
                .addMapping("/*");
        parameters.forEach(context::addParameter);
        context.addServletContainerInitializer(new ObsServletInitializer(environment), null);
        more.accept(context);
        tomcat.start();
        return context.getServletContext();
    }

    /** Whether the answer names a trace. */
    private boolean isTraced(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("X-Amzn-Trace-Id")
                .isPresent();
    }

    @Test
    void theContainerFindsIt() {
        assertThat(ServiceLoader.load(ServletContainerInitializer.class).stream()
                        .map(ServiceLoader.Provider::type))
                .contains(ObsServletInitializer.class);
    }

    @Test
    void itTracesAndEndsWithItsContext() throws Exception {
        ServletContext context = start(this::environment, Map.of(), more -> {});
        Obs obs = (Obs) Objects.requireNonNull(context.getAttribute(Obs.class.getName()));

        assertThat(isTraced("/hello")).isTrue();
        assertThat(isTraced("/actuator/health")).isFalse();
        tomcat.stop();

        assertThat(daemon.next().path("name").asString()).isEqualTo("environment");
        assertThat(obs.report().isComplete()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("cruddur-obs-xray"));
    }

    @Test
    void parametersOfTheContextSetItUp() throws Exception {
        start(
                this::environment,
                Map.of(
                        EnvironmentFilter.SERVICE, "shop",
                        EnvironmentFilter.EXCLUDE, "/hello",
                        EnvironmentFilter.TRUSTED_PEERS, "none",
                        EnvironmentFilter.ACCESS, "false"),
                more -> {});

        assertThat(isTraced("/hello")).isFalse();
        assertThat(isTraced("/actuator/health")).isTrue();

        assertThat(daemon.next().path("name").asString()).isEqualTo("shop");
        tomcat.stop();
    }

    @Test
    void aParameterThatCannotBeReadIsAsIfItWereNotSet() throws Exception {
        start(this::environment, Map.of(EnvironmentFilter.EXCLUDE, "hello"), more -> {});

        assertThat(isTraced("/hello")).isTrue();
        tomcat.stop();
    }

    @Test
    void aParameterTurnsItOff() throws Exception {
        ServletContext context = start(this::environment, Map.of(ObsServletInitializer.AUTO, "false"), more -> {});

        assertThat(isTraced("/hello")).isFalse();
        assertThat(built).hasValue(0);
        assertThat(context.getAttribute(Obs.class.getName())).isNull();
        tomcat.stop();
    }

    @Test
    void itStandsAsideForAFilterOfTheApplications() throws Exception {
        try (Obs own = Obs.builder().service("own").xrayDaemon(daemon.address()).build()) {
            start(
                    this::environment,
                    Map.of(),
                    // Later than ours.
                    context -> context.addServletContainerInitializer(
                            (classes, later) -> later.addFilter("own", ObsFilter.create(own))
                                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*"),
                            null));

            assertThat(isTraced("/hello")).isTrue();
            assertThat(daemon.next().path("name").asString()).isEqualTo("own");
            assertThat(built).hasValue(0);
            tomcat.stop();
        }
    }

    @Test
    void whereNothingIsSetItIsOff() throws Exception {
        ServletContext context = start(() -> Obs.builder().service("nowhere"), Map.of(), more -> {});

        assertThat(isTraced("/hello")).isFalse();
        assertThat(context.getAttribute(Obs.class.getName())).isNull();
        tomcat.stop();
    }

    @Test
    void anEnvironmentThatCannotBeUsedKeepsNoApplicationFromStarting() throws Exception {
        start(
                () -> {
                    throw new IllegalStateException("no environment");
                },
                Map.of(),
                more -> {});

        assertThat(isTraced("/hello")).isFalse();
        tomcat.stop();
    }
}
