package io.cruddur.obs.spring.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.test.ObsExtension;
import io.micrometer.tracing.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What is sent of statements that a tag tells of. */
class SqlFactsTest {
    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    /** Of a call by itself, which is a segment, and of one in a trace. */
    private JsonNode called(boolean sendsText, boolean isAlone) {
        var tracer = MicrometerBridge.tracer(telemetry.obs(), BaggageFields.NONE, sendsText);
        telemetry.obs().trace("order").run(() -> {
            Span.Builder call = tracer.spanBuilder()
                    .name("query")
                    .kind(Span.Kind.CLIENT)
                    .remoteServiceName("PostgreSQL")
                    .tag("r2dbc.query[0]", "select 1 where name = 'tea'")
                    .tag("r2dbc.query[1]", "delete from drink");
            (isAlone ? call.setNoParent() : call).start().end();
        });
        return telemetry.traces().named("PostgreSQL").get(0).document();
    }

    @Test
    void theTextIsLeftOut() {
        JsonNode call = called(false, false);
        assertThat(call.path("sql").toString()).isEqualTo("{\"database_type\":\"PostgreSQL\"}");
        assertThat(call.toString()).doesNotContain("select").doesNotContain("tea");
    }

    @Test
    void theTextIsThereWhereItIsAskedFor() {
        assertThat(called(true, false).at("/sql/sanitized_query").asString())
                .isEqualTo("select ? where name = ?; delete from drink");
    }

    @Test
    void soItIsInASegment() {
        assertThat(called(true, true).at("/metadata/sql/sanitized_query").asString())
                .isEqualTo("select ? where name = ?; delete from drink");
    }

    @Test
    void ofASegmentItIsLeftOutToo() {
        assertThat(called(false, true).toString()).doesNotContain("select").doesNotContain("tea");
    }
}
