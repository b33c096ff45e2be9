package io.cruddur.obs.servlet.contract;

import io.cruddur.obs.test.http.RunningServer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12 with a handler of either of its environments. */
final class JettyServer implements RunningServer {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    JettyServer(Handler handler) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
