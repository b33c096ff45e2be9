package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** That the schema is really asked: a validator that lets everything pass would prove nothing. */
class SegmentSchemaTest {
    private static final String VALID = """
            {"name": "backend-flask", "id": "53995c3f42cd8ad8", "start_time": 1795376685.881001,
             "trace_id": "1-5759e988-bd862e3fe1be46a994272793", "end_time": 1795376685.882,
             "annotations": {"URI": "/"}, "subsegments": [{"name": "a", "id": "53995c3f42cd8ad9", "start_time": 1, "end_time": 2}]}""";

    private static final String ALONE = """
            {"type": "subsegment", "name": "a", "id": "53995c3f42cd8ad9", "start_time": 1, "in_progress": true,
             "trace_id": "1-5759e988-bd862e3fe1be46a994272793", "parent_id": "53995c3f42cd8ad8"}""";

    @Test
    void takesASegmentAndASubsegment() {
        assertThat(SegmentSchema.errors(JsonMapper.shared().readTree(VALID))).isEmpty();
        assertThat(SegmentSchema.errors(JsonMapper.shared().readTree(ALONE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"trace_id\":|\"other\":",
                "1-5759e988-bd862e3fe1be46a994272793|1-5759e988-bd862e3fe1be46a99427279",
                "backend-flask|backend<flask>",
                "53995c3f42cd8ad8|53995c3f",
                "1795376685.881001|\"now\"",
                "\"URI\"|\"U-R-I\"",
                "\"start_time\": 1,|\"start\": 1,",
                "1-5759e988|1-5759E988",
                "53995c3f42cd8ad9|53995c3f42cd8adx",
                "\"end_time\": 1795376685.882,|",
                "\"end_time\": 2|\"end_time\": 2, \"in_progress\": true",
                "\"end_time\": 2|\"in_progress\": false",
                "\"end_time\": 2|\"end_time\": 2, \"unknown\": 1",
                "\"annotations\":|\"sql\": {}, \"annotations\":"
            })
    void refusesWhatBreaksARule(String rule, @Nullable String breach) {
        assertThat(VALID).contains(rule);
        String broken = VALID.replace(rule, breach == null ? "" : breach);
        assertThat(SegmentSchema.errors(JsonMapper.shared().readTree(broken))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"parent_id\":|\"other\":",
                "\"trace_id\": \"1-5759e988-bd862e3fe1be46a994272793\",|",
                "\"in_progress\": true,|"
            })
    void refusesASubsegmentAloneThatBreaksARule(String rule, @Nullable String breach) {
        assertThat(ALONE).contains(rule);
        String broken = ALONE.replace(rule, breach == null ? "" : breach);
        assertThat(SegmentSchema.errors(JsonMapper.shared().readTree(broken))).isNotEmpty();
    }
}
