package io.cruddur.obs.contract;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.TraceExporter;

class AcknowledgedContractTest extends TraceSegmentsContract {
    @Override
    protected ObsBuilder sendingTo(int port) {
        return Obs.builder()
                .xrayDaemon("127.0.0.1:" + port)
                .traces(traces -> traces.exporters(TraceExporter.ACKNOWLEDGED));
    }
}
