package io.cruddur.obs.console;

import io.cruddur.obs.console.internal.http.Access;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local console: listens on one port of 127.0.0.1, UDP and TCP, for what exporters send to the X-Ray daemon,
 * CloudWatch Logs and Rollbar, and shows it on a page. All data stay in memory, at most 64 MB of them.
 *
 * <p>Thread-safe. Its threads are daemons: they keep no program running.
 */
public final class Console implements AutoCloseable {

    /** The X-Ray daemon's own. */
    public static final int DEFAULT_PORT = 2000;

    private static final Logger log = LoggerFactory.getLogger(Console.class);

    private final int port;
    private final String token;
    private final @Nullable ConsoleServer server;

    private Console(int port, String token, @Nullable ConsoleServer server) {
        this.port = port;
        this.token = token;
        this.server = server;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Whether this is only a handle to a console that ran already, perhaps in another process. */
    public boolean joined() {
        return server == null;
    }

    /** The port it listens on, UDP and TCP. */
    public int port() {
        return port;
    }

    /**
     * The token that reading takes; empty if {@link #joined()} and none was set, or one that the console which runs does
     * not take: then only that one knows its own.
     */
    public String token() {
        return token;
    }

    /** Where exporters send to. */
    public URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** The page's address, with the token if it is known: whoever opens it may read. */
    public URI pageUrl() {
        return URI.create(address() + "/" + (token.isEmpty() ? "" : "?token=" + token));
    }

    /** Frees the port and forgets all data; leaves a console that it has only joined alone. Does nothing when repeated. */
    @Override
    public void close() {
        if (server != null) server.close();
    }

    /** How to start a console. Not thread-safe. */
    public static final class Builder {

        private int port = DEFAULT_PORT;
        private @Nullable String token;

        private Builder() {}

        /**
         * The port to listen on, 2000 unless set.
         *
         * @param port 0 for any that is free
         * @throws IllegalArgumentException if it is not from 0 to 65535
         */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) throw new IllegalArgumentException("The port must be from 0 to 65535");
            this.port = port;
            return this;
        }

        int port() {
            return port;
        }

        /**
         * The token that reading takes, a new random one at each start unless set.
         *
         * @param token 8 to 128 letters, digits or {@code . _ ~ -}
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder token(String token) {
            this.token = Access.checkedToken(token);
            return this;
        }

        /**
         * Starts a console on just this port.
         *
         * @throws IOException if the port is taken, for UDP or TCP
         */
        public Console start() throws IOException {
            return start(port);
        }

        /**
         * Opens a console in any case: a new one if the port is free, a handle to the one that listens there already
         * so that several programs share a page, or else, and it says so, a new one on a free port.
         *
         * @throws IOException if not even a free port can be had
         */
        public Console open() throws IOException {
            try {
                return start(port);
            } catch (IOException taken) {
                if (port == 0) throw taken;
                if (Ping.isAnswered(port)) {
                    log.info("Joined the console that listens on port {} already", port);
                    if (token == null) return new Console(port, "", null);
                    if (Ping.takes(token, port)) return new Console(port, token, null);
                    log.warn("That console has another token: open the URL that it printed when it started");
                    return new Console(port, "", null);
                }
                Console elsewhere = start(0);
                log.warn(
                        "Port {} is taken by another program, perhaps the X-Ray daemon: the console listens on {}",
                        port,
                        elsewhere.port());
                return elsewhere;
            }
        }

        private Console start(int onPort) throws IOException {
            Ports ports = Ports.take(onPort);
            try {
                int taken = ports.tcp().port();
                Access access = new Access(token == null ? Access.randomToken() : token, taken);
                return new Console(taken, access.token(), ConsoleServer.start(ports, access));
            } catch (IOException | RuntimeException failure) {
                ports.close();
                throw failure;
            }
        }
    }
}
