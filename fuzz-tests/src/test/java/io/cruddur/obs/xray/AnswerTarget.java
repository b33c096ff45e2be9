package io.cruddur.obs.xray;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** What answers on the daemon's port, as HTTP: it is an answer, or an {@link IOException}. */
public final class AnswerTarget {
    private AnswerTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var reader = new AnswerReader(new ByteArrayInputStream(input));
        try {
            for (int answers = 0; answers < 10; answers++) {
                reader.read();
            }
        } catch (IOException malformed) {
            // As it should be.
        }
    }
}
