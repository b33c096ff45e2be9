package com.example;

import io.cruddur.obs.Obs;
import io.cruddur.obs.servlet.ObsFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** A servlet behind the filter, on an embedded Jetty. */
public final class HelloServer {
    private HelloServer() {}

    public static Server start(Obs obs, int port) throws Exception {
        var context = new ServletContextHandler();
        context.addFilter(new FilterHolder(ObsFilter.create(obs)), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new Hello(obs)), "/hello");
        var server = new Server(new InetSocketAddress("127.0.0.1", port));
        server.setHandler(context);
        server.start();
        return server;
    }

    private static final class Hello extends HttpServlet {
        private final transient Obs obs;

        Hello(Obs obs) {
            this.obs = obs;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(obs.trace("greeting").call(() -> "Hello"));
        }
    }
}
