package io.cruddur.obs.trace;

import io.cruddur.obs.redact.ControlCharacters;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was sent otherwise than it was said, and warns once a key. Thread-safe. */
public final class Adjustments {
    private static final Logger LOG = LoggerFactory.getLogger(Adjustments.class);
    /** Keys made up by an attacker must not fill the log or the heap. */
    private static final int MAX_KEYS_WARNED = 256;

    private static final int MAX_KEY_CHARS_SHOWN = 64;

    private final Map<Adjustment, LongAdder> counts = new EnumMap<>(Adjustment.class);
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** All at zero. */
    public Adjustments() {
        for (Adjustment what : Adjustment.values()) {
            counts.put(what, new LongAdder());
        }
    }

    /** Counts one. */
    public void count(Adjustment what, @Nullable String key) {
        adder(what).increment();
        if (warned.size() < MAX_KEYS_WARNED) {
            String said = String.valueOf(key);
            String shown = said.length() > MAX_KEY_CHARS_SHOWN ? said.substring(0, MAX_KEY_CHARS_SHOWN) : said;
            if (warned.add(what.wireName() + ' ' + shown)) {
                warn(what, shown);
            }
        }
    }

    /** Counts one that shows where it happened, so that no other line need tell of it. */
    public void countSilently(Adjustment what) {
        adder(what).increment();
    }

    private static void warn(Adjustment what, String key) {
        try {
            LOG.warn("Not sent as it was said: {}, {}. Said once, counted each time.", what.wireName(), printable(key));
        } catch (Throwable e) {
            // On the application's thread, where a filter or appender of its own must not cost its work.
            return;
        }
    }

    /** How many of each so far; those at zero are left out. */
    public Map<String, Long> counts() {
        var result = new TreeMap<String, Long>();
        for (Adjustment what : Adjustment.values()) {
            long count = adder(what).sum();
            if (count > 0) {
                result.put(what.wireName(), count);
            }
        }
        return result;
    }

    @SuppressWarnings("NullAway") // there is one for each
    private LongAdder adder(Adjustment what) {
        return counts.get(what);
    }

    private static String printable(String key) {
        return ControlCharacters.escape(key);
    }
}
