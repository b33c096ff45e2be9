package io.cruddur.obs.console.internal.http;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** The TCP side of the port: bound at once, serving after {@link #serve}. All threads are daemons. */
public final class HttpListener implements AutoCloseable {

    /** Live streams hold a thread each (see their own limit); the rest serve everything else. */
    private static final int MAX_THREADS = 40;

    private static final int IDLE_TIMEOUT_MILLIS = 60_000;

    private final Server server;
    private final ServerConnector connector;

    private HttpListener(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * @param port 0 for any that is free
     * @throws IOException (a {@link BindException}) if the port is taken
     */
    public static HttpListener bind(String address, int port) throws IOException {
        // With a queue of Jetty's own, or with threads in reserve, it loads the JVM's management beans at first, to ask
        // for the size of a cache line: 150 ms.
        QueuedThreadPool threads =
                new QueuedThreadPool(MAX_THREADS, 4, IDLE_TIMEOUT_MILLIS, 0, new LinkedBlockingQueue<>(), null);
        threads.setName("cruddur-obs-console");
        threads.setDaemon(true);
        Server server = new Server(threads, new ScheduledExecutorScheduler("cruddur-obs-console-timer", true), null);
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(0);

        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setHttpCompliance(HttpCompliance.RFC9110);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(address);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT_MILLIS);
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException taken) {
            connector.close();
            BindException clear = new BindException("TCP port " + port + " of " + address + " is taken");
            clear.initCause(taken);
            throw clear;
        }
        return new HttpListener(server, connector);
    }

    public int port() {
        return connector.getLocalPort();
    }

    public void serve(Routes routes, Access access) throws IOException {
        server.setHandler(new Dispatch(new Gate(port()), routes, access));
        try {
            server.start();
        } catch (Exception failure) {
            close();
            throw new IOException("The console's HTTP server does not start", failure);
        }
    }

    @Override
    public void close() {
        connector.close();
        try {
            server.stop();
        } catch (Exception ignored) {
            // It was on its way out anyway, and its threads are daemons.
        }
    }
}
