package io.cruddur.obs.console;

import io.cruddur.obs.console.internal.delivery.DeliveryApi;
import io.cruddur.obs.console.internal.delivery.DeliveryStore;
import io.cruddur.obs.console.internal.error.ErrorApi;
import io.cruddur.obs.console.internal.error.ErrorStore;
import io.cruddur.obs.console.internal.error.RollbarApi;
import io.cruddur.obs.console.internal.http.Access;
import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.log.CloudWatchLogsApi;
import io.cruddur.obs.console.internal.log.LogApi;
import io.cruddur.obs.console.internal.log.LogStore;
import io.cruddur.obs.console.internal.otlp.OtlpApi;
import io.cruddur.obs.console.internal.page.EventStream;
import io.cruddur.obs.console.internal.page.PageApi;
import io.cruddur.obs.console.internal.store.Fill;
import io.cruddur.obs.console.internal.store.Revisions;
import io.cruddur.obs.console.internal.trace.Datagrams;
import io.cruddur.obs.console.internal.trace.SegmentIntake;
import io.cruddur.obs.console.internal.trace.TraceApi;
import io.cruddur.obs.console.internal.trace.TraceStore;
import io.cruddur.obs.console.internal.trace.XRayApi;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A running console: the stores, what fills them and what shows them. The one class that knows all features. */
final class ConsoleServer implements AutoCloseable {

    private final Ports ports;
    private final EventStream stream;

    private ConsoleServer(Ports ports, EventStream stream) {
        this.ports = ports;
        this.stream = stream;
    }

    static ConsoleServer start(Ports ports, Access access) throws IOException {
        Revisions revisions = new Revisions();
        TraceStore traces = new TraceStore(revisions);
        LogStore logs = new LogStore(revisions);
        ErrorStore errors = new ErrorStore(revisions);
        DeliveryStore reports = new DeliveryStore(revisions);
        Datagrams datagrams = new Datagrams(traces);
        EventStream stream = new EventStream(revisions, List.of(traces, logs, errors, reports));

        Routes routes = new Routes();
        new XRayApi(traces, access).addTo(routes);
        new OtlpApi(new SegmentIntake(traces)).addTo(routes);
        new CloudWatchLogsApi(logs, access).addTo(routes);
        new RollbarApi(errors).addTo(routes);
        new TraceApi(traces, datagrams::rejected, logs::ofTrace, errors::ofTrace).addTo(routes);
        new LogApi(logs).addTo(routes);
        new ErrorApi(errors).addTo(routes);
        Map<String, Supplier<Fill>> stores = new LinkedHashMap<>();
        stores.put("traces", traces::fill);
        stores.put("logs", logs::fill);
        stores.put("errors", errors::fill);
        stores.put("delivery", reports::fill);
        new DeliveryApi(reports, datagrams::rejected, datagrams::ofFullTraces, ports.udp()::droppedByKernel, stores)
                .addTo(routes);
        new PageApi(access).addTo(routes);
        stream.addTo(routes);
        routes.open("GET", Ping.PATH, call -> Ping.answer()).guarded("DELETE", "/api/data", call -> {
            traces.clear();
            logs.clear();
            errors.clear();
            reports.clear();
            stream.cleared();
            return Answer.empty(204);
        });

        ports.udp().start(datagrams::accept);
        ports.tcp().serve(routes, access);
        return new ConsoleServer(ports, stream);
    }

    @Override
    public void close() {
        stream.close();
        ports.close();
    }
}
