package io.cruddur.obs.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.test.DaemonReceiver;
import io.cruddur.obs.test.RollbarReceiver;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import tools.jackson.databind.JsonNode;

/** A web application behind the filter, on real sockets, with a daemon and a Rollbar to send to. */
final class Application implements AutoCloseable {
    /** What answers a path. */
    interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    /** Trusts nobody, so that every header is a stranger's. */
    static final TrustedPeers NOBODY = TrustedPeers.of(List.of("none"));

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static {
        // Tomcat says of every exception what the tests say already.
        LogManager.getLogManager().reset();
    }

    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final DaemonReceiver daemon = new DaemonReceiver();
    private final RollbarReceiver rollbar = new RollbarReceiver();
    private final Path directory = Files.createTempDirectory("tomcat");
    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String contextPath;
    final Obs obs;
    private final AccessLines accessLines;

    static Application start() throws Exception {
        return start(ObsFilter::create);
    }

    static Application start(Function<Obs, ObsFilter> filter) throws Exception {
        return new Application("", builder -> builder, filter);
    }

    Application(String contextPath, Function<ObsBuilder, ObsBuilder> settings, Function<Obs, ObsFilter> filter)
            throws Exception {
        this.contextPath = contextPath;
        obs = settings.apply(Obs.builder()
                        .service("backend")
                        .xrayDaemon(daemon.address())
                        .rollbarToken("none")
                        .rollbarEndpoint(rollbar.endpoint()))
                .build();
        accessLines = new AccessLines(obs);
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // One thread serves all, so that what one request leaves behind would show in the next.
        tomcat.getConnector().setProperty("maxThreads", "1");
        tomcat.getConnector().setProperty("minSpareThreads", "1");
        Context context = tomcat.addContext(contextPath, null);
        addFilter(context, filter.apply(obs));
        Wrapper servlet = Tomcat.addServlet(context, "handlers", new Servlet());
        servlet.setAsyncSupported(true);
        servlet.addMapping("/*");
        tomcat.start();
    }

    private static void addFilter(Context context, ObsFilter filter) {
        var definition = new FilterDef();
        definition.setFilterName("obs");
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        var mapping = new FilterMap();
        mapping.setFilterName("obs");
        mapping.addURLPattern("/*");
        for (DispatcherType type : DispatcherType.values()) {
            mapping.setDispatcher(type.name());
        }
        context.addFilterMap(mapping);
    }

    Application on(String path, Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** Whoever asks is somebody whom the container knows. */
    Application signedIn(String user) {
        tomcat.getHost().getPipeline().addValve(new ValveBase(true) {
            @Override
            public void invoke(Request request, Response response) throws IOException, ServletException {
                request.setUserPrincipal(() -> user);
                getNext().invoke(request, response);
            }
        });
        return this;
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a GET with headers, given as name, value, name, value. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends what no decent client would; returns the whole answer. */
    String raw(String head) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String host = head.contains("\r\nHost:") ? "" : "\r\nHost: localhost";
            String request = head + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + contextPath + path);
    }

    private int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** The next segment that the daemon gets. */
    JsonNode segment() throws IOException {
        return daemon.next();
    }

    /** The next item that Rollbar gets. */
    JsonNode item() throws IOException, InterruptedException {
        return rollbar.next();
    }

    AccessLines.Line accessLine() throws InterruptedException {
        AccessLines.Line line = accessLines.lines().poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no line came within " + PATIENCE);
        }
        return line;
    }

    /** Whether all segments, items and lines that came were asked for. Sends what is left first. */
    boolean nothingElseCame() throws IOException {
        obs.close();
        return obs.report().isComplete()
                && daemon.isEmpty()
                && rollbar.isEmpty()
                && accessLines.lines().isEmpty();
    }

    @Override
    public void close() throws IOException, LifecycleException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } finally {
            accessLines.close();
            obs.close();
            rollbar.close();
            daemon.close();
            deleteDirectory();
        }
    }

    private void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private final class Servlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            Handler handler = handlers.get(request.getPathInfo());
            if (handler == null) {
                response.sendError(404);
            } else {
                handler.handle(request, response);
            }
        }
    }
}
