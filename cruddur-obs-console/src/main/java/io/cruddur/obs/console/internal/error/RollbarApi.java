package io.cruddur.obs.console.internal.error;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Endpoint;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /api/1/item/}, with Rollbar's statuses and answers. Any access token will do, but there must be one. */
public final class RollbarApi {

    private static final int MAX_ITEM = 1 << 20;

    private final ErrorStore errors;

    public RollbarApi(ErrorStore errors) {
        this.errors = errors;
    }

    public void addTo(Routes routes) {
        // Rollbar answers to both, and its own clients use the first.
        Endpoint item = Endpoint.of(this::item, (call, problem) -> refusal(problem.status(), problem.error()));
        routes.open("POST", "/api/1/item/", item).open("POST", "/api/1/item", item);
    }

    private Answer item(Call call) {
        try {
            JsonNode payload = Json.parse(call.body(MAX_ITEM));
            if (!hasToken(call, payload)) return refusal(401, "access token required");
            ErrorItem item = ErrorItem.of(payload.path("data"));
            errors.add(item);
            ObjectNode answer = Json.object().put("err", 0);
            answer.putObject("result").putNull("id").put("uuid", item.uuid());
            return Answer.ok(answer);
        } catch (Json.NotJson invalid) {
            return refusal(400, "invalid JSON: " + invalid.reason());
        } catch (ErrorItem.Invalid invalid) {
            return refusal(422, "invalid item: " + invalid.reason());
        }
    }

    private static boolean hasToken(Call call, JsonNode payload) {
        String header = call.header("X-Rollbar-Access-Token");
        return (header != null && !header.isBlank())
                || !payload.path("access_token").stringValue("").isBlank();
    }

    private static Answer refusal(int status, String message) {
        return Answer.json(status, Json.object().put("err", 1).put("message", message));
    }
}
