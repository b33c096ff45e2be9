package io.cruddur.obs.console.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** How much of a body is read at all. */
class BodiesTest {

    private static final int LIMIT = 10_000;

    @Test
    void anEndlessBodyIsReadToTheLimitAndNoFurther() {
        int[] served = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                served[0]++;
                return ' ';
            }
        };

        assertThatThrownBy(() -> Bodies.read(endless, -1, null, LIMIT))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
        assertThat(served[0]).isEqualTo(LIMIT + 1);
    }

    @Test
    void aGzipBombIsInflatedToTheLimitAndNoFurther() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 50; i++) gzip.write(new byte[1 << 20]);
        }
        ByteArrayInputStream wire = new ByteArrayInputStream(bomb.toByteArray());

        assertThatThrownBy(() -> Bodies.read(wire, bomb.size(), "gzip", 60_000))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
        assertThat(wire.available()).isGreaterThan(bomb.size() / 2);
    }

    @Test
    void aBodyAtTheLimitIsTaken() {
        byte[] body = new byte[LIMIT];

        assertThat(Bodies.read(new ByteArrayInputStream(body), LIMIT, null, LIMIT))
                .hasSize(LIMIT);
    }

    @Test
    void aPlainBodyThatEndsEarlyIsNotTakenForBadGzip() throws IOException {
        InputStream ended = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("early");
            }
        };
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(whole)) {
            gzip.write(new byte[1_000]);
        }
        InputStream half = new ByteArrayInputStream(whole.toByteArray(), 0, whole.size() - 5);

        assertThatThrownBy(() -> Bodies.read(ended, -1, null, LIMIT)).hasMessageContaining("ended early");
        assertThatThrownBy(() -> Bodies.read(half, -1, "gzip", LIMIT)).hasMessageContaining("not valid gzip");
    }
}
