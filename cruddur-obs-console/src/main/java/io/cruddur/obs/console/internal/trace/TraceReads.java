package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GetTraceSummaries} and {@code BatchGetTraces}: what scripts and the AWS CLI read. */
final class TraceReads {

    private static final int PAGE = 100;

    /** X-Ray's own limit. */
    private static final int MAX_IDS = 5;

    private static final Comparator<Trace> NEWEST_FIRST = Comparator.comparingLong(
                    (Trace trace) -> trace.row().start())
            .reversed()
            .thenComparing(Trace::id);

    private final TraceStore traces;

    TraceReads(TraceStore traces) {
        this.traces = traces;
    }

    /** Of the traces whose id, or with another {@code TimeRangeType} whose start, is from StartTime to EndTime. */
    ObjectNode summaries(JsonNode request) {
        double start = seconds(request, "StartTime");
        double end = seconds(request, "EndTime");
        if (start > end) throw XRayApi.invalid("StartTime must be before EndTime");
        boolean byId = request.path("TimeRangeType").asString("TraceId").equals("TraceId");
        Predicate<Trace> filter = FilterExpression.parse(Json.text(request, "FilterExpression"));
        String after = Json.text(request, "NextToken");
        List<ObjectNode> found = traces.read(all -> page(
                all.filter(trace ->
                                isBetween(byId ? idSeconds(trace) : trace.row().start() / 1e6, start, end))
                        .filter(filter)
                        .sorted(NEWEST_FIRST)
                        .toList(),
                after));
        ObjectNode answer = Json.object();
        ArrayNode summaries = answer.putArray("TraceSummaries");
        found.stream().limit(PAGE).forEach(summaries::add);
        answer.put("ApproximateTime", end).put("TracesProcessedCount", found.size());
        if (found.size() > PAGE)
            answer.put("NextToken", found.get(PAGE - 1).path("Id").asString());
        return answer;
    }

    /** The page after the trace of that id, and one more if there is one. */
    private static List<ObjectNode> page(List<Trace> sorted, @Nullable String after) {
        int from = 0;
        if (after != null) {
            while (from < sorted.size() && !sorted.get(from).id().equals(after)) from++;
            from = Math.min(from + 1, sorted.size());
        }
        return sorted.stream()
                .skip(from)
                .limit(PAGE + 1L)
                .map(TraceReads::summary)
                .toList();
    }

    private static ObjectNode summary(Trace trace) {
        TraceRow row = trace.row();
        ObjectNode summary = Json.object().put("Id", trace.id()).put("StartTime", row.start() / 1e6);
        if (!Double.isNaN(trace.seconds())) summary.put("Duration", trace.seconds());
        if (row.durationMs() != null) summary.put("ResponseTime", row.durationMs() / 1e3);
        summary.put("HasFault", row.fault())
                .put("HasError", row.error())
                .put("HasThrottle", row.throttle())
                .put("IsPartial", row.inProgress());
        JsonNode root = trace.root().tree();
        http(root.path("http"), summary.putObject("Http"));
        annotations(trace, summary.putObject("Annotations"));
        ArrayNode users = summary.putArray("Users");
        String user = Json.text(root, "user");
        if (user != null) users.addObject().put("UserName", user).putArray("ServiceIds");
        ArrayNode services = summary.putArray("ServiceIds");
        Set<String> names = new LinkedHashSet<>();
        for (SegmentDocument document : trace.documents()) {
            if (document.service() != null && names.add(document.service()))
                serviceId(services.addObject(), document.service());
        }
        if (row.service() != null) serviceId(summary.putObject("EntryPoint"), row.service());
        return summary;
    }

    private static void serviceId(ObjectNode id, String name) {
        id.put("Name", name).putArray("Names").add(name);
    }

    private static void http(JsonNode block, ObjectNode http) {
        JsonNode request = block.path("request");
        http.put("HttpURL", Json.text(request, "url"))
                .put("HttpMethod", Json.text(request, "method"))
                .put("UserAgent", Json.text(request, "user_agent"))
                .put("ClientIp", Json.text(request, "client_ip"));
        JsonNode status = block.path("response").path("status");
        if (status.isInt()) http.put("HttpStatus", status.intValue());
    }

    /** A key with all the values that it has in the trace. */
    private static void annotations(Trace trace, ObjectNode byKey) {
        Set<Annotation> seen = new HashSet<>();
        for (SegmentDocument document : trace.documents()) {
            for (Annotation one : document.annotations()) {
                if (!seen.add(one)) continue;
                ArrayNode values = byKey.withArrayProperty(one.key());
                ObjectNode value = values.addObject().putObject("AnnotationValue");
                if (Double.isNaN(one.number())) value.put("StringValue", one.text());
                else value.put("NumberValue", one.number());
            }
        }
    }

    ObjectNode batch(JsonNode request) {
        JsonNode ids = request.path("TraceIds");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > MAX_IDS) {
            throw XRayApi.invalid("TraceIds must be a list of 1 to " + MAX_IDS);
        }
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("Traces");
        answer.putArray("UnprocessedTraceIds");
        for (JsonNode node : ids) {
            String id = TraceId.xray(node.stringValue(""));
            if (id == null) throw XRayApi.invalid("Invalid trace id: " + node.asString(""));
            List<SegmentDocument> documents = traces.documents(id);
            if (!documents.isEmpty()) found.add(whole(id, documents, traces.isCut(id)));
        }
        return answer;
    }

    private static ObjectNode whole(String id, List<SegmentDocument> documents, boolean cut) {
        long start = documents.stream().mapToLong(SegmentDocument::start).min().orElse(0);
        long end = documents.stream().mapToLong(SegmentDocument::end).max().orElse(start);
        ObjectNode trace = Json.object()
                .put("Id", id)
                .put("Duration", Math.max(0, end - start) / 1e6)
                .put("LimitExceeded", cut);
        ArrayNode segments = trace.putArray("Segments");
        for (JsonNode document : Joined.of(documents)) {
            segments.addObject().put("Id", document.path("id").asString("")).put("Document", document.toString());
        }
        return trace;
    }

    private static double seconds(JsonNode request, String key) {
        JsonNode value = request.path(key);
        if (!value.isNumber()) throw XRayApi.invalid(key + " must be a time in seconds since the epoch");
        return value.asDouble(0);
    }

    private static double idSeconds(Trace trace) {
        return Long.parseLong(trace.id().substring(2, 10), 16);
    }

    private static boolean isBetween(double value, double start, double end) {
        return value >= start && value <= end;
    }
}
