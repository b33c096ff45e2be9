package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.cruddur.obs.delivery.Answer;
import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.TraceRecord;
import io.cruddur.obs.trace.Tree;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the sink answers when something other than a deaf port is wrong. */
@Timeout(60)
class DaemonSinkFaultsTest {
    private DaemonReceiver daemon;
    private DaemonSink sink;

    @BeforeEach
    void start() throws IOException {
        daemon = new DaemonReceiver();
        sink = sinkTo(DaemonAddress.parse(daemon.address()));
    }

    @AfterEach
    void stop() {
        sink.close();
        daemon.close();
    }

    private static DaemonSink sinkTo(DaemonAddress address) {
        return new DaemonSink(address, SegmentSettings.NONE, new Adjustments(), new Secrets());
    }

    /** Something happens when it is read. */
    private record Watched(Tree tree, SpanNode top, Runnable whenRead) implements TraceRecord {
        @Override
        public SpanNode topmost() {
            whenRead.run();
            return top;
        }

        @Override
        public boolean withDescendants() {
            return true;
        }

        @Override
        public int weight() {
            return 0;
        }
    }

    private static TraceRecord record(String name, Runnable whenRead) {
        var recording = new Recording();
        recording.root(name, null).close();
        TraceRecord record = recording.finish().get(0);
        return new Watched(record.tree(), record.topmost(), whenRead);
    }

    private static TraceRecord good(String name) {
        return record(name, () -> {});
    }

    @Test
    void aRecordThatCannotBeWrittenDoesNotCostItsNeighbours() throws IOException {
        TraceRecord bad = record("bad", () -> {
            throw new IllegalStateException("a bug");
        });
        Answer answer = sink.send(List.of(good("before"), bad, good("behind")));
        assertThat(answer).isEqualTo(new Answer.Delivered(Map.of(1, "encode_failed")));
        assertThat(daemon.next(2))
                .extracting(document -> document.path("name").asString())
                .containsExactly("before", "behind");
        assertThat(sink.send(List.of(good("next")))).isEqualTo(Answer.DELIVERED);
        assertThat(daemon.next().path("name").asString()).isEqualTo("next");
    }

    @Test
    void whatWasSentBeforeAFailureIsNotSentAgain() throws IOException {
        TraceRecord failing = record("failing", () -> sink.close());
        Answer answer = sink.send(List.of(good("before"), failing));
        assertThat(answer).isEqualTo(new Answer.Delivered(Map.of(1, "send_failed")));
        assertThat(daemon.next().path("name").asString()).isEqualTo("before");
        assertThat(daemon.isEmpty()).isTrue();
        assertThat(sink.send(List.of(good("next")))).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void whatTheSystemNeverTakesIsTriedAgainButNotForEver() throws IOException {
        List<TraceRecord> batch = List.of(record("failing", () -> sink.close()));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> sink.send(batch)).isInstanceOf(IOException.class);
        }
        assertThat(sink.send(batch)).isEqualTo(new Answer.Delivered(Map.of(0, "send_failed")));
        assertThat(sink.send(List.of(good("next")))).isEqualTo(Answer.DELIVERED);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "counts open files as Linux does")
    void aConnectionThatFailsLeavesNoSocketOpen() {
        // No system connects to port 0.
        DaemonSink nowhere = sinkTo(new DaemonAddress("127.0.0.1", 0, "127.0.0.1", 0));
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        assertThatThrownBy(() -> nowhere.send(List.of(good("lost")))).isInstanceOf(IOException.class);
        long before = system.getOpenFileDescriptorCount();
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> nowhere.send(List.of(good("lost")))).isInstanceOf(IOException.class);
        }
        assertThat(system.getOpenFileDescriptorCount()).isLessThan(before + 100);
    }
}
