package io.cruddur.obs.console.internal.log;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.trace.TraceId;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /api/logs}: the newest lines that fit, oldest of them first, as a tail prints them. */
public final class LogApi {

    private static final int DEFAULT_LIMIT = 200;

    private final LogStore logs;

    public LogApi(LogStore logs) {
        this.logs = logs;
    }

    public void addTo(Routes routes) {
        routes.guarded("GET", "/api/logs", this::list);
    }

    private Answer list(Call call) {
        Predicate<LogLine> filter = filter(call);
        int limit = call.query("limit", DEFAULT_LIMIT, LogStore.MAX_LINES);
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("logs");
        logs.newest(filter, limit).forEach(line -> rows.add(line.row()));
        return Answer.ok(answer.put("evicted", logs.evicted()));
    }

    private static Predicate<LogLine> filter(Call call) {
        Predicate<LogLine> all = line -> true;
        String trace = call.query("trace");
        if (trace != null) {
            String id = TraceId.xray(trace);
            if (id == null) {
                throw Problem.badRequest("The trace id is malformed.", "Use trace=1-xxxxxxxx-x{24} or 32 hex digits.");
            }
            all = all.and(line -> id.equals(line.traceId()));
        }
        String level = call.query("level");
        if (level != null) {
            Level least = Level.parse(level);
            all = all.and(line -> line.level().compareTo(least) >= 0);
        }
        String text = call.query("q");
        return text == null ? all : all.and(LogFilter.parse(text));
    }
}
