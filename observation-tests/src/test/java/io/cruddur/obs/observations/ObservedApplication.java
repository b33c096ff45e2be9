package io.cruddur.obs.observations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import io.cruddur.obs.test.CapturedTraces;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.ObjectMapper;

/** An application with nothing but the starter to trace it, what it has sent, and its own lines. */
final class ObservedApplication implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("observed.application");
    static final Duration SOON = Duration.ofSeconds(20);

    /** Leaves Micrometer's observations to others, of whom there are none here. */
    static final String WITHOUT_BRIDGE = "cruddur.obs.trace.observations=false";

    private final Queue<byte[]> documents = new ConcurrentLinkedQueue<>();
    private final ConfigurableApplicationContext context;
    private final Lines lines;
    private final Lines ours;

    private ObservedApplication(Class<?> configuration, WebApplicationType type, String... properties) {
        context = new SpringApplicationBuilder(configuration)
                .web(type)
                .registerShutdownHook(false)
                .initializers(fresh -> fresh.getBeanFactory()
                        .registerSingleton(
                                "obs",
                                Obs.builder()
                                        .service("shop")
                                        .mdc(true)
                                        .installLogAppender(false)
                                        .closeOnShutdown(false)
                                        .segmentDocuments(documents::add)
                                        .build()))
                .properties("server.port=0", "server.address=127.0.0.1", "cruddur.obs.mode=aws")
                .properties(properties)
                .run();
        // Boot sets up Logback anew while it starts.
        lines = Lines.of(LOG.getName());
        ours = Lines.of("io.cruddur.obs");
    }

    static ObservedApplication start(Class<?> configuration, String... properties) {
        return new ObservedApplication(configuration, WebApplicationType.NONE, properties);
    }

    static ObservedApplication startServlet(Class<?> configuration, String... properties) {
        return new ObservedApplication(configuration, WebApplicationType.SERVLET, properties);
    }

    Obs obs() {
        return context.getBean(Obs.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    CapturedTraces traces() {
        obs().flush(SOON);
        var mapper = new ObjectMapper();
        return CapturedTraces.of(documents.stream().map(mapper::readTree).toList());
    }

    /** The one span of that name, once what is under it is as the expression says. */
    CapturedSpan tree(String root, String expression) {
        return await().atMost(SOON)
                .until(
                        () -> traces().named(root),
                        found -> found.size() == 1 && found.get(0).toString().matches(expression))
                .get(0);
    }

    Lines.Line line(String message) {
        return await().atMost(SOON)
                .until(() -> lines.saying(message), found -> found.size() == 1)
                .get(0);
    }

    /** Every span has ended and was sent, with its parent, and nothing of it had to be changed. */
    void isInOrder() {
        await().atMost(SOON).untilAsserted(() -> assertThat(obs().openRoots()).isEmpty());
        assertThat(traces().orphans()).isEmpty();
        assertThat(ours.warnings()).isEmpty();
    }

    /** That a message was sent to another service, and its listener is a segment under that, of the same trace. */
    void wasHeardOf(String drink, CapturedSpan order) {
        CapturedSpan sent = order.children().get(0);
        CapturedSpan received = sent.children().get(0);
        CapturedSpan brew = received.children().get(0);

        assertThat(sent.document().path("namespace").asString()).isEqualTo("remote");
        assertThat(received.traceId()).isEqualTo(order.traceId());
        assertThat(received.parentId()).contains(sent.id());
        assertThat(received.document().has("type"))
                .as("a segment, no subsegment")
                .isFalse();
        assertThat(received.isFault()).isFalse();
        inSpan(line(drink + " is heard of"), received);
        inSpan(line(drink + " is brewed"), brew);
    }

    /** That the line was written in that span. */
    static void inSpan(Lines.Line line, CapturedSpan span) {
        assertThat(line.mdc())
                .containsEntry("traceId", w3c(span))
                .containsEntry("xrayTraceId", span.traceId())
                .containsEntry("spanId", span.id());
    }

    static String w3c(CapturedSpan span) {
        return span.traceId().substring(2).replace("-", "");
    }

    static String amazonHeader(CapturedSpan from) {
        return "Root=" + from.traceId() + ";Parent=" + from.id() + ";Sampled=1";
    }

    /** Its flags say that the trace is recorded, and that its id is random. */
    static String w3cHeader(CapturedSpan from) {
        return "00-" + w3c(from) + '-' + from.id() + "-03";
    }

    @Override
    public void close() {
        context.close();
        lines.close();
        ours.close();
    }
}
