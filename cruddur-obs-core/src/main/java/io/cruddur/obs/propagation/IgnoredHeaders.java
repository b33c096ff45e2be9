package io.cruddur.obs.propagation;

import io.cruddur.obs.delivery.RateLimitedLog;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what callers sent and nobody could read, by the header's name. Thread-safe. */
final class IgnoredHeaders {
    private static final Logger LOG = LoggerFactory.getLogger(Propagator.class);

    /** By names of ours alone, so there are few. */
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    private final RateLimitedLog log = new RateLimitedLog(LOG);

    void count(String header) {
        counts.computeIfAbsent(header, name -> new LongAdder()).increment();
        log.debug("A trace header, or a part of it, was malformed or oversized and is ignored: " + header);
    }

    Map<String, Long> counts() {
        var result = new TreeMap<String, Long>();
        counts.forEach((name, count) -> result.put(name, count.sum()));
        return result;
    }
}
