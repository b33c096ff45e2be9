package io.cruddur.obs.contract;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.TraceExporter;
import java.net.URI;

class ApiContractTest extends TraceSegmentsContract {
    @Override
    protected ObsBuilder sendingTo(int port) {
        return Obs.builder()
                .region("eu-central-1")
                .anonymousAws(true)
                .traces(traces ->
                        traces.exporters(TraceExporter.API).xrayEndpoint(URI.create("http://127.0.0.1:" + port)));
    }
}
