package io.cruddur.obs.logback;

import io.cruddur.obs.log.CaptureSettings;
import io.cruddur.obs.log.LogRecord;
import io.cruddur.obs.log.LogSignal;
import io.cruddur.obs.log.LogSignals;
import io.cruddur.obs.redact.Secrets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A log signal that keeps what it takes, in the place of an application's; open until it is closed. */
final class Taken implements LogSignal, AutoCloseable {
    private static final Secrets SECRETS = new Secrets();

    final List<LogRecord> records = new CopyOnWriteArrayList<>();
    final Map<String, Integer> lost = new ConcurrentHashMap<>();
    final AtomicInteger truncated = new AtomicInteger();
    final AtomicInteger replaced = new AtomicInteger();
    private final CaptureSettings capture;
    private final Runnable closing;

    Taken() {
        this(CaptureSettings.DEFAULT);
    }

    Taken(CaptureSettings capture) {
        this.capture = capture;
        this.closing = LogSignals.open(this);
    }

    List<String> messages() {
        return records.stream().map(LogRecord::message).toList();
    }

    LogRecord only() {
        if (records.size() != 1) {
            throw new AssertionError("taken: " + records + ", lost: " + lost);
        }
        return records.get(0);
    }

    @Override
    public CaptureSettings capture() {
        return capture;
    }

    @Override
    public boolean isSensitive(String name) {
        return SECRETS.isSensitive(name);
    }

    @Override
    public void accept(LogRecord record) {
        records.add(record);
    }

    @Override
    public void lost(String reason) {
        lost.merge(reason, 1, Integer::sum);
    }

    @Override
    public void truncated() {
        truncated.incrementAndGet();
    }

    @Override
    public void replaced() {
        replaced.incrementAndGet();
    }

    @Override
    public void close() {
        closing.run();
    }
}
