package io.cruddur.obs.benchmarks.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A variant with sinks of its own, and what was measured of it. */
final class Contender implements AutoCloseable {
    private final Variant variant;
    private final Path directory;
    private final Sinks sinks = new Sinks();

    private final List<Double> secondsToReady = new ArrayList<>();
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> share = new ArrayList<>();
    private final List<Double> cpuMicros = new ArrayList<>();
    private final List<Double> p99Micros = new ArrayList<>();

    private @Nullable RunningApplication running;
    private long requests;
    private String lastWords = "";

    Contender(Variant variant, Path directory) throws IOException {
        this.variant = variant.sendingTo(sinks);
        this.directory = directory;
    }

    void start() throws IOException {
        running = new RunningApplication(variant, directory);
        secondsToReady.add(running.secondsToReady());
    }

    void stop() throws IOException {
        running().close();
        lastWords = running().lastWords();
        running = null;
    }

    void warmUp(double seconds) throws Exception {
        run(seconds, 0);
    }

    /** Requests a second; as a share of another figure unless that is 0. */
    double measure(double seconds, double untraced) throws Exception {
        Duration before = running().cpuTime();
        Load.Result result = run(seconds, 0);
        double cpu = running().cpuTime().minus(before).toNanos() / 1e3;
        perSecond.add(result.perSecond());
        share.add(untraced == 0 ? 1 : result.perSecond() / untraced);
        cpuMicros.add(cpu / result.requests());
        return result.perSecond();
    }

    void measurePaced(double seconds, double pace) throws Exception {
        p99Micros.add(run(seconds, pace).p99Micros());
    }

    private Load.Result run(double seconds, double pace) throws Exception {
        Load.Result result = running().load().run(seconds, pace);
        requests += result.requests();
        return result;
    }

    private RunningApplication running() {
        if (running == null) {
            throw new IllegalStateException(label() + " is not running");
        }
        return running;
    }

    String label() {
        return variant.label();
    }

    double perSecond() {
        return median(perSecond);
    }

    double share() {
        return median(share);
    }

    double cpuMicros() {
        return median(cpuMicros);
    }

    double p99Micros() {
        return median(p99Micros);
    }

    double secondsToReady() {
        return median(secondsToReady);
    }

    /** What came to its sinks of all its requests, and what it said itself at its end. */
    String sent() {
        return String.format(Locale.ROOT, "%,d requests, %s. %s", requests, sinks.received(), lastWords)
                .strip();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Override
    public void close() throws IOException {
        if (running != null) {
            running.close();
        }
        sinks.close();
    }
}
