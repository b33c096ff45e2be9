package io.cruddur.obs.console.internal.delivery;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import io.cruddur.obs.console.internal.store.Fill;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/delivery}: a process posts its law once a second, the page reads them all. */
public final class DeliveryApi {

    private static final int MAX_BODY = 64 * 1024;

    private final DeliveryStore reports;
    private final LongSupplier rejectedDatagrams;
    private final LongSupplier ofFullTraces;
    private final LongSupplier droppedByKernel;
    private final Map<String, Supplier<Fill>> stores;

    /**
     * The counts are the console's own end of the law: what came by UDP and could not be kept.
     *
     * @param ofFullTraces how many of the rejected could be read, and found no room in their trace
     * @param stores what the console keeps, by the name it goes by
     */
    public DeliveryApi(
            DeliveryStore reports,
            LongSupplier rejectedDatagrams,
            LongSupplier ofFullTraces,
            LongSupplier droppedByKernel,
            Map<String, Supplier<Fill>> stores) {
        this.stores = stores;
        this.reports = reports;
        this.rejectedDatagrams = rejectedDatagrams;
        this.ofFullTraces = ofFullTraces;
        this.droppedByKernel = droppedByKernel;
    }

    public void addTo(Routes routes) {
        routes.open("POST", "/api/delivery", this::report).guarded("GET", "/api/delivery", call -> list());
    }

    private Answer report(Call call) {
        try {
            reports.add(Report.of(Json.parse(call.body(MAX_BODY))));
            return Answer.empty(204);
        } catch (Json.NotJson invalid) {
            throw Problem.badRequest("The report is not JSON: " + invalid.reason(), "Send one JSON object.");
        }
    }

    private Answer list() {
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("processes");
        reports.rows(Micros.now()).forEach(rows::add);
        ObjectNode kept = answer.putObject("kept");
        stores.forEach((name, fill) -> kept.set(name, fill.get().json()));
        answer.put("rejectedDatagrams", rejectedDatagrams.getAsLong());
        answer.put("datagramsOfFullTraces", ofFullTraces.getAsLong());
        long dropped = droppedByKernel.getAsLong();
        return Answer.ok(answer.put("droppedByKernel", dropped < 0 ? null : Long.valueOf(dropped)));
    }
}
