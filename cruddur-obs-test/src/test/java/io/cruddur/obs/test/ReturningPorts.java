package io.cruddur.obs.test;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ports of services that go away and come back, or never come. They lie below those that the system gives to whoever asks
 * for any: else a socket of ours might get one meanwhile, or a client that looks for the service be connected to itself.
 */
public final class ReturningPorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Another run of the tests begins to look elsewhere; no port is given twice while its first owner is away. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 101 % (LAST - FIRST)));

    private ReturningPorts() {}

    /** How a service is started. */
    @FunctionalInterface
    public interface Start<S> {
        /** Starts one that listens there; throws a {@link BindException} if the port is taken. */
        S at(int port) throws IOException;
    }

    /** A service at a port that stays free while it is away. */
    public static <S> S first(Start<S> start) throws IOException {
        for (int i = FIRST; i < LAST; i++) {
            S service = ifFree(start, FIRST + NEXT.getAndIncrement() % (LAST - FIRST));
            if (service != null) {
                return service;
            }
        }
        throw new BindException("no port is free");
    }

    /** The same service again, as soon as the system has the port back. */
    public static <S> S again(int port, Start<S> start) {
        return await().atMost(LONGEST_WAIT)
                .pollDelay(Duration.ZERO)
                .until(() -> ifFree(start, port), service -> service != null);
    }

    /** A port at which nobody ever listens. */
    public static int deserted() throws IOException {
        try (var gone = first(port -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()))) {
            return gone.getLocalPort();
        }
    }

    private static <S> @Nullable S ifFree(Start<S> start, int port) throws IOException {
        try {
            return start.at(port);
        } catch (BindException e) {
            return null;
        }
    }
}
