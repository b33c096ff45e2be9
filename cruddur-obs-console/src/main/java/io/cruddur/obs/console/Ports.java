package io.cruddur.obs.console;

import io.cruddur.obs.console.internal.http.HttpListener;
import io.cruddur.obs.console.internal.trace.UdpListener;
import java.io.IOException;

/** One port number of 127.0.0.1, taken for both TCP and UDP as the X-Ray daemon does. */
record Ports(HttpListener tcp, UdpListener udp) implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    /** A number that is free for TCP is seldom taken for UDP. */
    private static final int ATTEMPTS = 50;

    /**
     * @param port 0 for any that is free for both
     * @throws IOException if it is taken
     */
    static Ports take(int port) throws IOException {
        for (int attempt = 1; ; attempt++) {
            HttpListener tcp = HttpListener.bind(LOOPBACK, port);
            try {
                return new Ports(tcp, UdpListener.bind(LOOPBACK, tcp.port()));
            } catch (IOException taken) {
                tcp.close();
                if (port != 0 || attempt == ATTEMPTS) throw taken;
            }
        }
    }

    @Override
    public void close() {
        udp.close();
        tcp.close();
    }
}
