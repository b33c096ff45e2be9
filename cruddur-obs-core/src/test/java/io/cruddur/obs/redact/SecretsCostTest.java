package io.cruddur.obs.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time grows as the text does, whatever the text; and a text without a secret costs no memory. */
@Timeout(120)
class SecretsCostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SMALL = 2_000;
    /** Five times what linear would be, which a noisy machine may need, and a twentieth of what quadratic would. */
    private static final int SLACK = 5;

    private final Secrets secrets = new Secrets(List.of("EMP-\\d{6}"), List.of());

    /** Of this thread alone: what others do meanwhile is no part of it. */
    private long nanos(String text) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            assertThat(secrets.redact(text)).isNotNull();
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "=",
                ":",
                "-",
                " ",
                "\\",
                "\"",
                "4",
                "4 ",
                "4111 ",
                "-ey" + "J",
                "ey" + "J.",
                "password=",
                "password=\"",
                "password='\n",
                "password=\\\"",
                "password =    ",
                "-----BEGIN PRIVATE KEY-----",
                "PRIVATE KEY",
                "://",
                "://a:",
                "://a:@",
                "Bearer ",
                "Bearer a",
                "_gh" + "p_",
                "-github_" + "pat_",
                "xox" + "b-",
                "cookie=",
                "_=",
                "\\\"=",
                "EMP-12345",
                "4111-1111-1111-",
                "authorization: Basic ",
                "token=***",
                "?code=",
                "[",
                "-----END",
                "://a:b/",
                "authorization: x y=\"",
                "authorization: x \\",
                "passwords=[",
                "password={a",
                "password=\u001b[1",
                "password%3D",
                "token%3D%20%22",
                "%3D",
                "2_",
                "BEARER+",
                "[;m",
                "%20"
            })
    void timeIsLinear(String piece) {
        String hundredfold = piece.repeat(100 * SMALL / piece.length());
        String tenfold = hundredfold.substring(0, 10 * SMALL);
        nanos(tenfold);
        long one = Math.max(nanos(tenfold.substring(0, SMALL)), 2_000);
        assertThat(nanos(tenfold)).as("10 times as long").isLessThan(SLACK * 10 * one);
        assertThat(nanos(hundredfold)).as("100 times as long").isLessThan(SLACK * 100 * one);
    }

    @Test
    void ordinaryTextCostsNoMemory() {
        var known = new Secrets();
        List<String> texts = List.of(
                "[2026-Nov-22 16:00] 203.0.113.9 GET http /api/activities/home?term= 200",
                "trace 4bf92f3577b34da6a3ce929d0e0e4736 of order 4111111111111112: user=app, status: ok",
                "https://backend.example:8443/search?q=x",
                "password: null, tokens: 17");
        int times = 20_000;
        long allocated = Long.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE.toNanos();
        // The compiler needs a while, and longer where others use the machine; after that it must be nothing.
        while (allocated > times && System.nanoTime() - end < 0) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < times; i++) {
                String text = texts.get(i & 3);
                if (known.redact(text) != (Object) text) {
                    throw new AssertionError(text);
                }
            }
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated / (double) times).as("bytes a text").isLessThanOrEqualTo(1);
    }
}
