package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.test.CapturedSpan;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed where Spring Boot has the header's address put in the place of the connection's. */
class ForwardedHeadersTest {
    private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";
    private static final String SAMPLED = "Root=" + ROOT + ";Parent=53995c3f42cd8ad8;Sampled=1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.forward-headers-strategy=native",
                "server.forward-headers-strategy=framework",
                "spring.main.cloud-platform=kubernetes"
            })
    void whatAStrangerWritesBeforeALoadBalancerAppendsIsNotBelieved(String property) throws Exception {
        try (var services = new TwoServices(property)) {
            services.getBack("/rows/forged", "X-Forwarded-For", "127.0.0.1, 203.0.113.9", "X-Amzn-Trace-Id", SAMPLED);
            isAStrangers(services, "back");
            services.get("/activities/forged", "X-Forwarded-For", "127.0.0.1, 203.0.113.9", "X-Amzn-Trace-Id", SAMPLED);
            isAStrangers(services, "front");
        }
    }

    private static void isAStrangers(TwoServices services, String name) {
        CapturedSpan segment = only(services, name);
        assertThat(segment.traceId()).as(name).isNotEqualTo(ROOT);
        assertThat(segment.document().at("/http/request/client_ip").asString())
                .as(name)
                .isEqualTo("203.0.113.9");
        assertThat(segment.metadata("inbound", "X-Amzn-Trace-Id").asString())
                .as(name)
                .isEqualTo(SAMPLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "framework"})
    void whoCallsFromTheOwnNetworkIs(String strategy) throws Exception {
        try (var services = new TwoServices("server.forward-headers-strategy=" + strategy)) {
            services.getBack("/rows/own", "X-Forwarded-For", "10.1.2.3", "X-Amzn-Trace-Id", SAMPLED);
            assertThat(only(services, "back").traceId()).isEqualTo(ROOT);
            services.get("/activities/own", "X-Forwarded-For", "10.1.2.3", "X-Amzn-Trace-Id", SAMPLED);
            CapturedSpan front = only(services, "front");
            assertThat(front.traceId()).isEqualTo(ROOT);
            assertThat(front.document().at("/http/request/client_ip").asString())
                    .isEqualTo("10.1.2.3");
        }
    }

    private static CapturedSpan only(TwoServices services, String name) {
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> services.traces().named(name).size() == 1);
        List<CapturedSpan> spans = services.traces().named(name);
        return spans.get(0);
    }
}
