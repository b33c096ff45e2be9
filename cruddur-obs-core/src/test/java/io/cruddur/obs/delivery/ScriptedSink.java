package io.cruddur.obs.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/** A sink that answers as it is told and remembers what it saw. */
final class ScriptedSink implements Sink<ScriptedSink.Item, EncodedRecord> {

    record Item(String text) implements Weighted {
        @Override
        public int weight() {
            return text.length();
        }

        /** What it begins with, such as {@code warn}; an error otherwise. */
        @Override
        public Severity severity() {
            for (Severity severity : Severity.values()) {
                if (text.startsWith(severity.name().toLowerCase(Locale.ROOT))) {
                    return severity;
                }
            }
            return Severity.ERROR;
        }
    }

    final List<String> arrived = new CopyOnWriteArrayList<>();
    final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
    final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Function<List<String>, Answer>> script = new ConcurrentLinkedQueue<>();
    private final BatchLimits limits;
    volatile boolean encodesAhead;
    volatile Function<List<String>, Answer> otherwise = batch -> Answer.DELIVERED;

    ScriptedSink() {
        this(BatchLimits.ofCount(100));
    }

    ScriptedSink(BatchLimits limits) {
        this.limits = limits;
    }

    static BatchLimits lingering(Duration linger) {
        return new BatchLimits(100, Long.MAX_VALUE, 0, Duration.ofDays(1), linger);
    }

    ScriptedSink then(Function<List<String>, Answer> answer) {
        script.add(answer);
        return this;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public boolean encodesAhead() {
        return encodesAhead;
    }

    @Override
    public Duration attemptTimeout() {
        return Duration.ofMillis(50);
    }

    @Override
    public BatchLimits limits() {
        return limits;
    }

    @Override
    public void encode(Item item, Consumer<EncodedRecord> out) {
        if (item.text().startsWith("poison")) {
            throw new IllegalArgumentException(item.text());
        }
        if (item.text().equals("error")) {
            throw new NoClassDefFoundError("left out");
        }
        String[] parts = item.text().split("\\|", -1);
        var id = UUID.nameUUIDFromBytes(item.text().getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < parts.length; i++) {
            byte[] bytes = parts[i].getBytes(StandardCharsets.UTF_8);
            out.accept(
                    new EncodedRecord(id, System.currentTimeMillis(), item.severity(), i == parts.length - 1, bytes));
        }
    }

    @Override
    public Answer send(List<EncodedRecord> batch) {
        List<String> texts = batch.stream()
                .map(e -> new String(e.bytes(), StandardCharsets.UTF_8))
                .toList();
        batchSizes.add(texts.size());
        Function<List<String>, Answer> next = script.poll();
        Answer answer = (next == null ? otherwise : next).apply(texts);
        if (answer instanceof Answer.Delivered delivered) {
            var accepted = new ArrayDeque<String>();
            for (int i = 0; i < texts.size(); i++) {
                if (!delivered.rejected().containsKey(i)) {
                    accepted.add(texts.get(i));
                }
            }
            arrived.addAll(accepted);
        }
        return answer;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
