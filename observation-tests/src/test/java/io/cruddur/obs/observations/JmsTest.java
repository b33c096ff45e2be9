package io.cruddur.obs.observations;

import static io.cruddur.obs.observations.ObservedApplication.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Obs;
import io.cruddur.obs.test.CapturedSpan;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.core.JmsTemplate;

/** A message through Artemis, from one trace into its listener's. */
class JmsTest {
    private static ObservedApplication application;
    private static Lines micrometer;
    private static Lines spring;

    @BeforeAll
    static void start() {
        application = start("observed");
        micrometer = Lines.of("io.micrometer");
        spring = Lines.of("org.springframework.jms.listener.DefaultMessageListenerContainer");
    }

    private static ObservedApplication start(String queue, String... more) {
        var all = new ArrayList<String>();
        Collections.addAll(all, "spring.artemis.embedded.queues=" + queue, "queue=" + queue);
        Collections.addAll(all, more);
        return ObservedApplication.start(Shop.class, all.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        application.close();
        micrometer.close();
        spring.close();
    }

    private static void order(ObservedApplication from, String queue, String drink) {
        from.obs()
                .trace("order " + drink)
                .run(() -> from.bean(JmsTemplate.class).convertAndSend(queue, drink));
    }

    @Test
    void aMessageAndItsListenerAreOneTrace() {
        order(application, "observed", "coffee");
        CapturedSpan order =
                application.tree("order coffee", "order coffee\\(observed publish\\(observed process\\(brew\\)\\)\\)");
        CapturedSpan sent = order.children().get(0);
        application.wasHeardOf("coffee", order);

        assertThat(application.bean(Barista.class).properties("coffee"))
                .containsEntry("traceparent", ObservedApplication.w3cHeader(sent))
                .doesNotContainKey("X-Amzn-Trace-Id");
        // Of a property that the broker does not take Micrometer warns.
        assertThat(micrometer.warnings()).isEmpty();
        application.isInOrder();
    }

    @Test
    void aListenerThatThrowsIsAFault() {
        order(application, "observed", "decaf");
        CapturedSpan order =
                application.tree("order decaf", "order decaf\\(observed publish\\(observed process.*\\)\\)");
        CapturedSpan sent = order.children().get(0);
        // Delivered again by the broker, each time under the same parent.
        for (CapturedSpan received : sent.children()) {
            assertThat(received.isFault()).isTrue();
            assertThat(received.exceptionTypes()).contains("java.lang.IllegalStateException");
        }
        assertThat(sent.isFault()).isFalse();
        assertThat(order.isFault()).isFalse();
        assertThat(spring.warnings())
                .as("what is said without us")
                .contains("Execution of JMS message listener failed, and no ErrorHandler has been set.");
    }

    @Test
    void withoutTheBridgeTheListenerKnowsNoTrace() {
        try (var alone = start("alone", ObservedApplication.WITHOUT_BRIDGE)) {
            order(alone, "alone", "tea");
            assertThat(alone.line("tea is heard of").mdc()).doesNotContainKey("traceId");
            assertThat(alone.bean(Barista.class).properties("tea")).doesNotContainKey("traceparent");
            assertThat(alone.tree("order tea", "order tea").children()).isEmpty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, R2dbcAutoConfiguration.class})
    static class Shop {
        @Bean
        Barista barista(Obs obs) {
            return new Barista(obs);
        }
    }

    static class Barista {
        private final Map<String, Map<String, String>> heard = new ConcurrentHashMap<>();
        private final Obs obs;

        Barista(Obs obs) {
            this.obs = obs;
        }

        @JmsListener(destination = "${queue}")
        void hear(Message message) throws JMSException {
            String drink = ((TextMessage) message).getText();
            var properties = new TreeMap<String, String>();
            for (Object name : Collections.list(message.getPropertyNames())) {
                properties.put((String) name, String.valueOf(message.getObjectProperty((String) name)));
            }
            heard.put(drink, properties);
            LOG.info("{} is heard of", drink);
            if (drink.equals("decaf")) {
                throw new IllegalStateException("nobody drinks that");
            }
            obs.trace("brew").run(() -> LOG.info("{} is brewed", drink));
        }

        Map<String, String> properties(String drink) {
            return heard.getOrDefault(drink, Map.of());
        }
    }
}
