package io.cruddur.obs.console.internal.error;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /api/errors} and {@code GET /api/errors/{fingerprint}}, where the uuid of an item will do as well. */
public final class ErrorApi {

    private final ErrorStore errors;

    public ErrorApi(ErrorStore errors) {
        this.errors = errors;
    }

    public void addTo(Routes routes) {
        routes.guarded("GET", "/api/errors", call -> list()).guarded("GET", "/api/errors/{fingerprint}", this::details);
    }

    private Answer list() {
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("errors");
        errors.rows().forEach(rows::add);
        return Answer.ok(answer.put("evicted", errors.evicted()));
    }

    private Answer details(Call call) {
        ObjectNode details = errors.details(call.path("fingerprint"));
        if (details != null) return Answer.ok(details);
        throw Problem.notFound("There is no such error.", "GET /api/errors lists them; the oldest make room for new.");
    }
}
