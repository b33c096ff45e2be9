package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /api/traces}, one of them, one to download with its documents as they came, and the map made of them all. */
public final class TraceApi {

    private static final int DEFAULT_LIMIT = 200;

    private final TraceStore traces;
    private final LongSupplier rejectedDatagrams;
    private final Function<String, List<ObjectNode>> logs;
    private final Function<String, List<ObjectNode>> errors;

    /**
     * @param logs the log lines of a trace, by its id in X-Ray form
     * @param errors its error groups
     */
    public TraceApi(
            TraceStore traces,
            LongSupplier rejectedDatagrams,
            Function<String, List<ObjectNode>> logs,
            Function<String, List<ObjectNode>> errors) {
        this.traces = traces;
        this.rejectedDatagrams = rejectedDatagrams;
        this.logs = logs;
        this.errors = errors;
    }

    public void addTo(Routes routes) {
        routes.guarded("GET", "/api/traces", this::list)
                .guarded("GET", "/api/traces/{id}", this::trace)
                .guarded("GET", "/api/traces/{id}/download", this::download)
                .guarded("GET", "/api/map", this::map);
    }

    private Answer list(Call call) {
        Predicate<Trace> filter = TraceFilter.parse(call.query("filter"));
        int limit = call.query("limit", DEFAULT_LIMIT, TraceStore.MAX_TRACES);
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("traces");
        traces.rows(filter, limit).forEach(row -> rows.add(row.json()));
        ArrayNode services = answer.putArray("services");
        traces.services().forEach(services::add);
        answer.put("evicted", traces.evicted());
        return Answer.ok(answer.put("rejectedDatagrams", rejectedDatagrams.getAsLong()));
    }

    private Answer map(Call call) {
        return Answer.ok(ServiceMap.of(traces.all(TraceFilter.parse(call.query("filter")))));
    }

    private Answer trace(Call call) {
        String id = id(call);
        return Answer.ok(details(id, documents(id)));
    }

    private Answer download(Call call) {
        String id = id(call);
        List<JsonNode> documents = documents(id);
        ObjectNode file = details(id, documents);
        file.putArray("documents").addAll(documents);
        return Answer.ok(file).with("Content-Disposition", "attachment; filename=\"trace-" + id + ".json\"");
    }

    /** Lines and errors may be here without spans: of a trace that is not sampled, or still under way. */
    private ObjectNode details(String id, List<JsonNode> documents) {
        List<ObjectNode> lines = logs.apply(id);
        List<ObjectNode> groups = errors.apply(id);
        if (documents.isEmpty() && lines.isEmpty() && groups.isEmpty()) {
            throw Problem.notFound(
                    "There is no such trace.", "It may be on its way, or have made room for newer ones.");
        }
        ObjectNode details =
                Json.object().put("id", id).put("w3cId", TraceId.w3c(id)).put("cut", traces.isCut(id));
        details.set("spans", Spans.of(documents));
        details.putArray("logs").addAll(lines);
        details.putArray("errors").addAll(groups);
        return details;
    }

    private static String id(Call call) {
        String id = TraceId.xray(call.path("id"));
        if (id != null) return id;
        throw Problem.badRequest("The trace id is malformed.", "Use 1-xxxxxxxx-x{24} or its 32 hex digits alone.");
    }

    private List<JsonNode> documents(String id) {
        return traces.documents(id).stream().map(SegmentDocument::tree).toList();
    }
}
