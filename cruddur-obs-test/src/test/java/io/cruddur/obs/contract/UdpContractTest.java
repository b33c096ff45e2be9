package io.cruddur.obs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.TraceExporter;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.ReturningDaemon;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Datagrams have no answer: what left counts as delivered, unless the system says that nobody was there. */
class UdpContractTest extends SinkContract {
    private List<Arrival> arrivals = List.of();

    @SuppressWarnings("NullAway.Init") // begun before each test
    private DaemonReceiver daemon;

    private int port;

    @Override
    protected String sink() {
        return "xray";
    }

    @Override
    void startService() throws IOException {
        daemon = ReturningDaemon.first();
        port = Integer.parseInt(daemon.address().substring(daemon.address().indexOf(':') + 1));
        var coming = new CopyOnWriteArrayList<Arrival>();
        arrivals = coming;
        DaemonReceiver from = daemon;
        var reader = new Thread(() -> read(from, coming));
        reader.setDaemon(true);
        reader.start();
    }

    /** Up to its end. */
    private static void read(DaemonReceiver from, List<Arrival> to) {
        try {
            while (true) {
                JsonNode document = from.next();
                to.add(new Arrival(
                        document.path("id").asString(),
                        document.at("/annotations/text").asString()));
            }
        } catch (IOException e) {
            // Closed, or nothing came for half a minute, which no test here waits for.
        }
    }

    @Override
    void silenceService() {
        daemon.close();
    }

    @Override
    void stopService() {
        daemon.close();
    }

    @Override
    int port() {
        return port;
    }

    @Override
    protected List<Arrival> arrivals() {
        return arrivals;
    }

    @Override
    protected ObsBuilder sendingTo(int port) {
        return Obs.builder().xrayDaemon("127.0.0.1:" + port).traces(traces -> traces.exporters(TraceExporter.UDP));
    }

    @Override
    protected void record(Obs obs, String text) {
        obs.trace("record").annotate("text", text).run(() -> {});
    }

    @Test
    void whatNobodyTookIsLostUnderThatName() {
        daemon.close();
        Obs obs = inMemory(PATIENT);
        recordSome(obs, 0, 100);
        obs.flush(SOON);
        await().untilAsserted(() -> {
            DeliveryReport.Sink report = report(obs);
            assertThat(report.lost()).containsOnlyKeys("unreachable");
            assertThat(report.delivered() + report.lostTotal()).isEqualTo(100);
        });
    }
}
