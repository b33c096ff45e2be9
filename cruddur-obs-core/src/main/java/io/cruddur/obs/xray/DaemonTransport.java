package io.cruddur.obs.xray;

import io.cruddur.obs.delivery.EncodedRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** By the daemon, which signs a call and passes it on. */
final class DaemonTransport implements SegmentTransport {
    private final DaemonConnection connection;
    private final DaemonAnswers answers = new DaemonAnswers();
    private final SegmentsRequest request;

    DaemonTransport(DaemonAddress address, Duration attemptTimeout) {
        this.connection = new DaemonConnection(address, attemptTimeout);
        this.request = new SegmentsRequest(address);
    }

    @Override
    public Outcome put(List<EncodedRecord> documents) throws IOException {
        return answers.of(connection.call(request.of(documents)));
    }

    @Override
    public void close() {
        connection.close();
    }
}
