package io.cruddur.obs.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * More than can be kept, as fast as it can be sent: nothing goes uncounted, and memory stays where it was when the stores
 * were full. What it took is told, not tested. A few seconds; ten minutes with
 * {@code -Pthorough}, or as many seconds as {@code -Dflood.seconds} says.
 */
@Timeout(1_200)
class FloodTest extends WithConsole {

    private static final long FLOOD_NANOS =
            TimeUnit.SECONDS.toNanos(Long.getLong("flood.seconds", Boolean.getBoolean("thorough") ? 600 : 3));

    /** When the heap is looked at between: after a minute, or halfway through a shorter flood. */
    private static final long EARLY_NANOS = Math.min(TimeUnit.MINUTES.toNanos(1), FLOOD_NANOS / 2);

    private static final int SPANS = 5;
    private static final int LINES = 5_000;

    /** Beyond what a full store takes, a heap that is looked at right after a collection differs by so much. */
    private static final long SLACK_BYTES = 24L << 20;

    private long sentDatagrams;
    private long sentLines;

    @Test
    void aFloodIsCountedToTheLastAndTakesNoMoreMemoryThanTheStoresMay() throws IOException {
        long atStart = usedBytes();
        floodSpans(2 * 2_000);
        floodLines(5);
        long full = usedBytes();
        long notKeptBefore = notKept(client.json("/api/delivery"));

        long start = System.nanoTime();
        long spansNanos = 0;
        long linesNanos = 0;
        long datagrams = 0;
        long lines = 0;
        long early = 0;
        long earlyNanos = 0;
        while (System.nanoTime() - start < FLOOD_NANOS) {
            long before = System.nanoTime();
            floodSpans(20_000);
            spansNanos += System.nanoTime() - before;
            datagrams += 20_000;
            before = System.nanoTime();
            floodLines(20);
            linesNanos += System.nanoTime() - before;
            lines += 20 * LINES;
            if (earlyNanos == 0 && System.nanoTime() - start >= EARLY_NANOS) {
                earlyNanos = System.nanoTime() - start;
                early = usedBytes();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long atEnd = usedBytes();

        JsonNode delivery = client.json("/api/delivery");
        JsonNode traces = delivery.at("/kept/traces");
        JsonNode logs = delivery.at("/kept/logs");
        long notKept = notKept(delivery) - notKeptBefore;
        System.out.printf(
                "Flood of %.0f s: in %,.0f spans/s (%,d in all), %,.0f log events/s (%,d in all)%n",
                seconds,
                (datagrams - notKept) * SPANS / (spansNanos / 1e9),
                (datagrams - notKept) * SPANS,
                lines / (linesNanos / 1e9),
                lines);
        System.out.printf(
                "Evicted: %,d traces, %,d log events; datagrams dropped by the kernel %,d, rejected %,d%n",
                traces.path("evicted").asLong(),
                logs.path("evicted").asLong(),
                delivery.path("droppedByKernel").asLong(0),
                delivery.path("rejectedDatagrams").asLong());
        System.out.printf(
                "Heap after a collection: %,d KB at the start, %,d KB when the stores are full,"
                        + " %,d KB after %.0f s, %,d KB at the end%n",
                atStart >> 10, full >> 10, early >> 10, earlyNanos / 1e9, atEnd >> 10);
        assertThat(early).isLessThan(full + SLACK_BYTES);
        assertThat(atEnd).isLessThan(full + SLACK_BYTES);
        assertThat(client.json("/api/traces?limit=2000").path("traces")).hasSize(2_000);
        assertThat(arrivedDatagrams()).isEqualTo(sentDatagrams);
        // So that the sum is one of what was kept, and not of what was turned away.
        assertThat(traces.path("evicted").asLong()).isPositive();
        assertThat(delivery.path("rejectedDatagrams").asLong()).isZero();
        assertThat(logs.path("count").asLong()).isEqualTo(logs.path("maxCount").asLong());
        assertThat(logs.path("count").asLong() + logs.path("evicted").asLong()).isEqualTo(sentLines);

        tell("/api/traces?limit=200");
        tell("/api/traces?limit=2000");
        tell("/api/traces?filter=" + ConsoleClient.encoded("annotation.user=u7 duration>1ms service=flood"));
        tell("/api/logs?limit=200");
        tell("/api/logs?q=nowhere");
        tell("/api/logs?q=" + ConsoleClient.encoded("user=u7 -never"));
        tell("/api/errors");
        tell("/api/map");
    }

    private static long notKept(JsonNode delivery) {
        return delivery.path("rejectedDatagrams").asLong()
                + delivery.path("droppedByKernel").asLong(0);
    }

    /** Datagrams of a trace each, with five spans; returns when all have arrived or are counted as dropped. */
    private void floodSpans(int datagrams) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.connect(new InetSocketAddress("127.0.0.1", console.port()));
            for (int i = 0; i < datagrams; i++) {
                sentDatagrams++;
                channel.write(ByteBuffer.wrap(datagram(sentDatagrams)));
                // The law is about what arrives; a sender that outruns the kernel's buffer is another test's matter.
                if (i % 500 == 499) awaitDatagrams();
            }
        }
        awaitDatagrams();
    }

    private void awaitDatagrams() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(ConsoleClient.PATIENCE)
                .until(() -> arrivedDatagrams() == sentDatagrams);
    }

    private long arrivedDatagrams() {
        JsonNode delivery = client.json("/api/delivery");
        JsonNode traces = delivery.at("/kept/traces");
        return traces.path("count").asLong() + traces.path("evicted").asLong() + notKept(delivery);
    }

    private static byte[] datagram(long number) {
        String trace = String.format("1-5759e988-%024x", number);
        StringBuilder document = new StringBuilder(1_500)
                .append("{\"format\":\"json\",\"version\":1}\n{\"trace_id\":\"")
                .append(trace)
                .append("\",\"id\":\"0000000000000001\",\"name\":\"flood\",\"start_time\":")
                .append(1_700_000_000 + number / 1000)
                .append(".100000,\"end_time\":")
                .append(1_700_000_000 + number / 1000)
                .append(".350000,\"http\":{\"request\":{\"method\":\"GET\",\"url\":\"http://localhost/api/")
                .append(number % 97)
                .append("\"},\"response\":{\"status\":200}},\"annotations\":{\"user\":\"u")
                .append(number % 1_000)
                .append("\"},\"subsegments\":[");
        for (int i = 1; i < SPANS; i++) {
            if (i > 1) document.append(',');
            document.append("{\"id\":\"000000000000001")
                    .append(i)
                    .append("\",\"name\":\"step ")
                    .append(i)
                    .append("\",\"start_time\":1700000000.1,\"end_time\":1700000000.2,\"namespace\":\"remote\"}");
        }
        return document.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void floodLines(int batches) {
        LogLines stream = new LogLines(client);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add("{\"level\":\"INFO\",\"logger\":\"io.cruddur.Flood\",\"message\":\"line " + i
                    + " of many\",\"traceId\":\"5759e988bd862e3fe1be46a994272793\",\"fields\":{\"user\":\"u" + i % 1_000
                    + "\"}}");
        }
        String body = stream.body(lines);
        for (int i = 0; i < batches; i++) stream.send(body);
        sentLines += (long) batches * LINES;
    }

    private void tell(String path) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            long before = System.nanoTime();
            assertThat(client.get(path).status()).isEqualTo(200);
            nanos.add(System.nanoTime() - before);
        }
        Collections.sort(nanos);
        System.out.printf(
                "At the caps GET %s: median %.1f ms, longest %.1f ms of %d%n",
                path, nanos.get(nanos.size() / 2) / 1e6, nanos.get(nanos.size() - 1) / 1e6, nanos.size());
    }

    private static long usedBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
