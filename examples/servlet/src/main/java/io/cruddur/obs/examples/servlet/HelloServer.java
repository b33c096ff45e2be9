package io.cruddur.obs.examples.servlet;

import io.cruddur.obs.Obs;
import io.cruddur.obs.servlet.ObsFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** {@code GET /hello} behind the filter, on an embedded Tomcat. */
public final class HelloServer implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();

    /** Serves on port 8080 of the loopback address until the JVM is told to end. */
    public static void main(String[] args) throws IOException, LifecycleException {
        // The server comes first at the end, so that the last requests are sent too.
        Obs obs = Obs.builderFromEnvironment().closeOnShutdown(false).build();
        var server = new HelloServer(obs, 8080);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            obs.close();
        }));
        System.out.println("http://localhost:" + server.port() + "/hello");
        server.tomcat.getServer().await();
    }

    HelloServer(Obs obs, int port) throws IOException, LifecycleException {
        tomcat.setBaseDir(Files.createTempDirectory("hello-server").toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        addFilter(context, ObsFilter.create(obs));
        Tomcat.addServlet(context, "hello", new Hello(obs)).addMapping("/hello");
        // Tomcat passes no filter on the way to a path that no servlet serves: this one serves the rest with a 404.
        Tomcat.addServlet(context, "rest", new DefaultServlet()).addMapping("/");
        tomcat.start();
    }

    private static void addFilter(Context context, ObsFilter filter) {
        var definition = new FilterDef();
        definition.setFilterName("obs");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        var everything = new FilterMap();
        everything.setFilterName("obs");
        everything.addURLPattern("/*");
        context.addFilterMap(everything);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        }
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient Obs obs;

        Hello(Obs obs) {
            this.obs = obs;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String greeting = obs.trace("greeting").annotate("language", "en").call(() -> "Hello World!");
            response.setContentType("text/plain");
            response.getWriter().println(greeting);
        }
    }
}
