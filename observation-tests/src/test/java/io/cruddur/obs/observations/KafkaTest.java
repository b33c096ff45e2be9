package io.cruddur.obs.observations;

import static io.cruddur.obs.observations.ObservedApplication.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.artemis.autoconfigure.ArtemisAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** A message through a broker of Kafka, from one trace into its listener's. */
class KafkaTest {
    private static KafkaBroker broker;
    private static ObservedApplication application;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        broker = new KafkaBroker(directory);
        application = start("observed");
    }

    private static ObservedApplication start(String group, String... more) throws Exception {
        String[] properties = {
            "spring.kafka.bootstrap-servers=" + broker.address(),
            "spring.kafka.consumer.group-id=" + group,
            "spring.kafka.consumer.auto-offset-reset=earliest",
            "spring.kafka.template.observation-enabled=true",
            "spring.kafka.listener.observation-enabled=true",
            "topic=" + group
        };
        var all = new ArrayList<>(List.of(properties));
        all.addAll(List.of(more));
        return ObservedApplication.start(Shop.class, all.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        application.close();
        broker.close();
    }

    private static void order(ObservedApplication from, String topic, String drink) throws Exception {
        from.obs()
                .trace("order " + drink)
                .call(span -> from.bean(KafkaTemplate.class).send(topic, drink).get(20, TimeUnit.SECONDS));
    }

    @Test
    void aMessageAndItsListenerAreOneTrace() throws Exception {
        order(application, "observed", "coffee");
        CapturedSpan order =
                application.tree("order coffee", "order coffee\\(Apache Kafka[^(]*\\(observed process\\(brew\\)\\)\\)");
        CapturedSpan sent = order.children().get(0);
        assertThat(sent.annotation("operation")).contains("observed send");
        application.wasHeardOf("coffee", order);

        assertThat(application.bean(Barista.class).headers("coffee"))
                .containsEntry("X-Amzn-Trace-Id", ObservedApplication.amazonHeader(sent))
                .containsEntry("traceparent", ObservedApplication.w3cHeader(sent));
        application.isInOrder();
    }

    @Test
    void aListenerThatThrowsIsAFault() throws Exception {
        order(application, "observed", "decaf");
        CapturedSpan order =
                application.tree("order decaf", "order decaf\\(Apache Kafka[^(]*\\(observed process\\)\\)");
        CapturedSpan sent = order.children().get(0);
        CapturedSpan received = sent.children().get(0);
        assertThat(received.isFault()).isTrue();
        assertThat(received.exceptionTypes()).contains("java.lang.IllegalStateException");
        assertThat(sent.isFault()).isFalse();
        assertThat(order.isFault()).isFalse();
    }

    @Test
    void withoutTheBridgeTheListenerKnowsNoTrace() throws Exception {
        try (var alone = start("alone", ObservedApplication.WITHOUT_BRIDGE)) {
            order(alone, "alone", "tea");
            assertThat(alone.line("tea is heard of").mdc()).doesNotContainKey("traceId");
            assertThat(alone.bean(Barista.class).headers("tea")).doesNotContainKeys("X-Amzn-Trace-Id", "traceparent");
            assertThat(alone.tree("order tea", "order tea").children()).isEmpty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {ArtemisAutoConfiguration.class, DataSourceAutoConfiguration.class, R2dbcAutoConfiguration.class})
    static class Shop {
        @Bean
        Barista barista(Obs obs) {
            return new Barista(obs);
        }

        /** A message that fails is not tried again. */
        @Bean
        CommonErrorHandler once() {
            return new DefaultErrorHandler(new FixedBackOff(0, 0));
        }
    }

    static class Barista {
        private final Queue<ConsumerRecord<String, String>> records = new ConcurrentLinkedQueue<>();
        private final Obs obs;

        Barista(Obs obs) {
            this.obs = obs;
        }

        @KafkaListener(topics = "${topic}")
        void hear(ConsumerRecord<String, String> message) {
            records.add(message);
            LOG.info("{} is heard of", message.value());
            if (message.value().equals("decaf")) {
                throw new IllegalStateException("nobody drinks that");
            }
            obs.trace("brew").run(() -> LOG.info("{} is brewed", message.value()));
        }

        Map<String, String> headers(String drink) {
            var headers = new TreeMap<String, String>();
            for (ConsumerRecord<String, String> each : records) {
                if (each.value().equals(drink)) {
                    for (Header header : each.headers()) {
                        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
                    }
                }
            }
            return headers;
        }
    }
}
