package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.config.DaemonConfiguration;
import com.amazonaws.xray.emitters.Emitter;
import com.amazonaws.xray.entities.Segment;
import com.amazonaws.xray.entities.Subsegment;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The X-Ray SDK's own recorder sends to the console as to a daemon. */
class XRaySdkTest extends WithConsole {

    @Test
    void aTraceOfTheXRaySdkShowsUp() throws IOException {
        DaemonConfiguration daemon = new DaemonConfiguration();
        daemon.setDaemonAddress("127.0.0.1:" + console.port());
        AWSXRayRecorder recorder = AWSXRayRecorderBuilder.standard()
                .withEmitter(Emitter.create(daemon))
                .withSamplingStrategy(new AllSamplingStrategy())
                .build();

        Segment segment = recorder.beginSegment("legacy-service");
        Subsegment subsegment = recorder.beginSubsegment("load");
        subsegment.putAnnotation("user", "andrewbrown");
        subsegment.putMetadata("note", "hello");
        subsegment.addException(new IllegalStateException("boom"));
        recorder.endSubsegment();
        recorder.endSegment();

        String id = segment.getTraceId().toString();
        await().atMost(ConsoleClient.PATIENCE)
                .until(() -> client.get("/api/traces/" + id).status() == 200);
        JsonNode spans = client.json("/api/traces/" + id).path("spans");
        assertThat(spans.path(0).path("name").asString()).isEqualTo("legacy-service");
        assertThat(spans.path(1).path("name").asString()).isEqualTo("load");
        assertThat(spans.path(1).path("annotations").path("user").asString()).isEqualTo("andrewbrown");
        assertThat(spans.path(1).path("exceptions").path(0).path("message").asString())
                .isEqualTo("boom");
        assertThat(client.json("/api/traces?filter=annotation.user=andrewbrown").path("traces"))
                .hasSize(1);
    }
}
