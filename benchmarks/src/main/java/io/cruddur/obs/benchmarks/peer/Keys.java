package io.cruddur.obs.benchmarks.peer;

import java.util.stream.IntStream;

/** Annotation keys that are made once, as a program's constants are. */
final class Keys {
    private static final String[] KEYS =
            IntStream.range(0, 64).mapToObj(i -> "key_" + i).toArray(String[]::new);

    private Keys() {}

    static String key(int i) {
        return KEYS[i];
    }
}
