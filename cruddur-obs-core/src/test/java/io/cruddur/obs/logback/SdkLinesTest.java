package io.cruddur.obs.logback;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import tools.jackson.databind.json.JsonMapper;

/** With everything logged, the SDK's own words about our calls too, what goes out is what the application logged. */
class SdkLinesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int LINES = 500;
    private static final String SDK = "software.amazon.awssdk";

    @RegisterExtension
    static final WireMockExtension SERVICE = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    /** Proves that the SDK has words about our calls, or the test would show nothing. */
    private static final class Words extends AppenderBase<ILoggingEvent> {
        private final AtomicInteger ofTheSdk = new AtomicInteger();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLoggerName().startsWith(SDK)) {
                ofTheSdk.incrementAndGet();
            }
        }
    }

    /** What other tests have started and left may still say something; it is no part of the application either. */
    private static final class Elders extends TurboFilter {
        private final Set<Thread> before =
                new HashSet<>(Thread.getAllStackTraces().keySet());

        Elders() {
            before.remove(Thread.currentThread());
        }

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] arguments,
                @Nullable Throwable throwable) {
            boolean isOfTheSdk = logger.getName().startsWith(SDK);
            return !isOfTheSdk && before.contains(Thread.currentThread()) ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }

    @Test
    void withTheRootAtTraceOnlyTheApplicationsLinesAreShipped() {
        SERVICE.stubFor(post(urlEqualTo("/")).willReturn(okJson("{}")));
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger("ROOT");
        Level before = root.getLevel();
        var console = root.getAppender("CONSOLE");
        var elders = new Elders();
        context.addTurboFilter(elders);
        var words = new Words();
        words.setContext(context);
        words.start();
        // The stand-in for the service logs too, on threads of its own; it is no part of the application.
        for (String server : List.of("WireMock", "wiremock", "org.eclipse.jetty")) {
            context.getLogger(server).setLevel(Level.OFF);
        }
        root.addAppender(words);
        root.detachAppender(console);
        root.setLevel(Level.TRACE);
        try {
            DeliveryReport.Sink sink = ship();
            assertThat(words.ofTheSdk).hasPositiveValue();
            assertThat(sink.accepted()).isEqualTo(LINES);
            assertThat(sent()).hasSize(LINES).allMatch(message -> message.startsWith("line "));
        } finally {
            root.setLevel(before);
            root.detachAppender(words);
            root.addAppender(console);
            context.getTurboFilterList().remove(elders);
        }
    }

    private static DeliveryReport.Sink ship() {
        try (Obs obs = Obs.builder()
                .logGroup("backend")
                .region("eu-central-1")
                .cloudWatchEndpoint(URI.create(SERVICE.baseUrl()))
                .anonymousAws(true)
                .closeOnShutdown(false)
                .build()) {
            for (int i = 0; i < LINES; i++) {
                obs.log(SdkLinesTest.class).debug("line {}", i);
                if (i % 100 == 0) {
                    assertThat(obs.flush(Duration.ofSeconds(20)).sinks().get(0).pending())
                            .isZero();
                }
            }
            obs.flush(Duration.ofSeconds(20));
            // A line about the last batch would be the next batch.
            return obs.flush(Duration.ofSeconds(20)).sinks().get(0);
        }
    }

    private static List<String> sent() {
        var messages = new ArrayList<String>();
        for (var request : SERVICE.findAll(postRequestedFor(urlEqualTo("/")))) {
            MAPPER.readTree(request.getBodyAsString())
                    .path("logEvents")
                    .forEach(event ->
                            messages.add(MAPPER.readTree(event.path("message").asString())
                                    .path("message")
                                    .asString()));
        }
        return messages;
    }
}
