package io.cruddur.obs.console;

import static io.cruddur.obs.console.Documents.id;
import static io.cruddur.obs.console.Documents.segment;
import static io.cruddur.obs.console.Documents.span;
import static io.cruddur.obs.console.Documents.subsegment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The service map, derived from traces. */
class MapTest extends WithConsole {

    @Test
    void withoutTracesTheMapIsEmpty() {
        JsonNode map = client.json("/api/map");

        assertThat(map.path("nodes")).isEmpty();
        assertThat(map.path("edges")).isEmpty();
        assertThat(map.path("from").isNull()).isTrue();
    }

    @Test
    void servicesAndWhatTheyCallAreNodesAndTheirCallsEdges() {
        for (int i = 0; i < 4; i++) send(i, i * 20, i == 3);

        JsonNode map = client.json("/api/map");

        assertThat(map.path("nodes").valueStream().map(node -> node.path("id").asString()))
                .containsExactly(
                        "aws:DynamoDB", "client:Clients", "service:backend", "service:images", "sql:cruddur@localhost");
        assertThat(map.path("edges")
                        .valueStream()
                        .map(edge -> edge.path("from").asString() + " > "
                                + edge.path("to").asString()))
                .containsExactly(
                        "client:Clients > service:backend",
                        "service:backend > service:images",
                        "service:backend > sql:cruddur@localhost",
                        "service:images > aws:DynamoDB");
        JsonNode backend = node(map, "service:backend");
        assertThat(backend.path("count").asInt()).isEqualTo(4);
        assertThat(backend.path("faultShare").asDouble()).isEqualTo(0.25);
        assertThat(backend.path("errorShare").asDouble()).isZero();
        assertThat(backend.path("p50Ms").asDouble()).isEqualTo(2_000);
        assertThat(backend.path("p95Ms").asDouble()).isEqualTo(4_000);
        // From 0 to 64 s.
        assertThat(backend.path("ratePerMinute").asDouble()).isEqualTo(3.75, within(0.001));
        assertThat(node(map, "sql:cruddur@localhost").path("errorShare").asDouble())
                .isEqualTo(1);
    }

    @Test
    void theMapIsFilteredAsTheListIs() {
        send(1, 0, false);
        send(2, 0, true);

        JsonNode map = client.json("/api/map?filter=fault");

        assertThat(node(map, "service:backend").path("count").asInt()).isEqualTo(1);
        assertThat(client.get("/api/map?filter=color%3Dred").status()).isEqualTo(400);
    }

    @Test
    void aCircleOfParentsDoesNoHarm() {
        ObjectNode one = subsegment(id(1), id(2), "one", 1, 2).put("namespace", "remote");
        ObjectNode two = subsegment(id(2), id(1), "two", 1, 2).put("namespace", "remote");
        client.post("/TraceSegments", Documents.put(one, two));

        JsonNode map = client.json("/api/map");

        assertThat(map.path("nodes")).hasSize(2);
        assertThat(map.path("edges")).isEmpty();
    }

    /** A request that takes a second more each time: a database, and another service with its own; in three documents. */
    private void send(int number, int offset, boolean fault) {
        double start = 1_700_000_000.0 + offset;
        ObjectNode backend =
                segment(id(1), "backend", start, start + number + 1).put("fault", fault);
        ObjectNode sql = span(id(2), "cruddur@localhost", start, start + 0.01)
                .put("namespace", "remote")
                .put("error", true);
        sql.putObject("sql").put("database_type", "PostgreSQL");
        backend.putArray("subsegments").add(sql);
        ObjectNode call =
                subsegment(id(3), id(1), "images.local", start, start + 0.5).put("namespace", "remote");
        ObjectNode images = segment(id(4), "images", start, start + 0.4).put("parent_id", id(3));
        images.putArray("subsegments")
                .add(span(id(5), "DynamoDB", start, start + 0.1).put("namespace", "aws"));
        for (ObjectNode document : new ObjectNode[] {backend, call, images}) {
            document.put("trace_id", Documents.trace(number));
        }
        client.post("/TraceSegments", Documents.put(backend, call, images));
    }

    private static JsonNode node(JsonNode map, String id) {
        return map.path("nodes")
                .valueStream()
                .filter(node -> node.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
