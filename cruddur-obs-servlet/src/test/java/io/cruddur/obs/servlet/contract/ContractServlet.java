package io.cruddur.obs.servlet.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.servlet.ObsFilter;
import io.cruddur.obs.test.http.Gate;
import io.cruddur.obs.test.http.ServerSettings;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The application of the contract, as servlets are written. Mapped to all paths. */
final class ContractServlet extends HttpServlet {
    /** Jetty forgets a request for ever whose time is over before its thread has left it, as happens on a busy machine. */
    private static final long TIMEOUT_MS = 250;

    private static final long serialVersionUID = 1;

    private interface Handler {
        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private final transient Obs obs;
    private final transient Gate gate;

    @SuppressWarnings("serial") // nobody writes a servlet down
    private final transient Map<String, Handler> handlers = Map.ofEntries(
            Map.entry("/ok", (request, response) -> text(response, "ok")),
            Map.entry("/echo", this::echo),
            Map.entry("/child", (request, response) -> child(response)),
            Map.entry("/annotate", (request, response) -> annotate()),
            Map.entry("/inject", (request, response) -> inject(response)),
            Map.entry("/baggage", (request, response) -> baggage(response)),
            Map.entry("/leak", (request, response) -> leak()),
            Map.entry("/current", (request, response) -> current(response)),
            Map.entry("/excluded/current", (request, response) -> current(response)),
            Map.entry("/boom", (request, response) -> boom("boom")),
            Map.entry("/wrapped", (request, response) -> wrapped()),
            Map.entry("/boom-late", (request, response) -> boomLate(response)),
            Map.entry("/parameter", (request, response) -> text(response, String.valueOf(request.getParameter("q")))),
            Map.entry("/handled", (request, response) -> handled(response)),
            Map.entry("/error-page", (request, response) -> text(response, "the page of an error")),
            Map.entry("/forward", ContractServlet::forward),
            Map.entry("/include", ContractServlet::include),
            Map.entry("/async/complete", (request, response) -> later(request, ContractServlet::complete)),
            Map.entry(
                    "/async/immediate",
                    (request, response) -> request.startAsync().complete()),
            Map.entry("/async/dispatch", (request, response) -> later(request, async -> async.dispatch("/current"))),
            Map.entry(
                    "/async/dispatch-at-once",
                    (request, response) -> request.startAsync().dispatch("/status/202")),
            Map.entry(
                    "/async/again", (request, response) -> later(request, async -> async.dispatch("/async/complete"))),
            Map.entry(
                    "/async/timeout",
                    (request, response) -> request.startAsync().setTimeout(TIMEOUT_MS)),
            Map.entry("/async/boom", (request, response) -> later(request, async -> async.dispatch("/late-boom"))),
            Map.entry("/late-boom", (request, response) -> boom("late boom")),
            Map.entry("/async/started-boom", (request, response) -> startedBoom(request)),
            Map.entry("/async/child", this::childLater),
            Map.entry("/stream", this::stream),
            Map.entry("/endless", (request, response) -> endless(response)),
            Map.entry("/upload", this::upload));

    ContractServlet(ServerSettings settings) {
        this.obs = settings.obs();
        this.gate = settings.gate();
    }

    static ObsFilter filter(ServerSettings settings) {
        return ObsFilter.builder(settings.obs())
                .exclude(settings.exclude())
                .trustedPeers(TrustedPeers.of(settings.trustedPeers()))
                .accessLog(log -> log.off())
                .build();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String path = path(request);
        Handler handler = handlers.get(path);
        if (handler != null) {
            handler.handle(request, response);
        } else if (path.startsWith("/status/")) {
            response.setStatus(number(path));
        } else if (path.startsWith("/send-error/")) {
            response.sendError(number(path));
        } else if (path.startsWith("/items/")) {
            request.setAttribute(ObsFilter.ROUTE_ATTRIBUTE, "/items/{id}");
        } else {
            response.sendError(404);
        }
    }

    /** An include leaves the request's own path as it was. */
    private static String path(HttpServletRequest request) {
        Object included = request.getDispatcherType() == DispatcherType.INCLUDE
                ? request.getAttribute("jakarta.servlet.include.path_info")
                : null;
        return String.valueOf(included == null ? request.getPathInfo() : included);
    }

    private static int number(String path) {
        return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    }

    private static void text(HttpServletResponse response, String text) throws IOException {
        if (!response.isCommitted()) {
            response.setContentLength(text.length());
        }
        response.getOutputStream().print(text);
    }

    private void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getInputStream().transferTo(response.getOutputStream());
    }

    private void child(HttpServletResponse response) throws IOException {
        obs.trace("child").run(() -> text(response, "ok"));
    }

    private void annotate() {
        obs.currentSpan().annotate("said", "by the handler");
    }

    private void inject(HttpServletResponse response) throws IOException {
        var headers = new HashMap<String, String>();
        obs.inject(headers::put);
        text(response, String.valueOf(headers.get("X-Amzn-Trace-Id")));
    }

    private void baggage(HttpServletResponse response) throws IOException {
        text(
                response,
                obs.baggage().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",")));
    }

    private void leak() {
        obs.trace("leak").newTrace().start().annotate("never", "closed");
    }

    private void current(HttpServletResponse response) throws IOException {
        TraceContext current = obs.currentTraceContext();
        text(response, current.isValid() ? current.xrayTraceId() : "none");
    }

    private static void boom(String message) {
        throw new IllegalStateException(message);
    }

    private static void wrapped() throws ServletException {
        throw new ServletException("wrapper", new IllegalStateException("boom"));
    }

    private static void boomLate(HttpServletResponse response) throws IOException {
        response.getOutputStream().print("beginning");
        response.flushBuffer();
        boom("late boom");
    }

    private static void handled(HttpServletResponse response) throws IOException {
        try {
            boom("handled");
        } catch (IllegalStateException e) {
            response.sendError(409);
        }
    }

    private static void forward(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.getRequestDispatcher("/ok").forward(request, response);
    }

    private static void include(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.getOutputStream().print("[");
        response.flushBuffer();
        request.getRequestDispatcher("/ok").include(request, response);
        response.getOutputStream().print("]");
    }

    private void later(HttpServletRequest request, Consumer<AsyncContext> then) {
        AsyncContext async = request.startAsync();
        async.setTimeout(20_000);
        CompletableFuture.runAsync(() -> {
            gate.await();
            then.accept(async);
        });
    }

    private static void complete(AsyncContext async) {
        ((HttpServletResponse) async.getResponse()).setStatus(202);
        async.complete();
    }

    private static void startedBoom(HttpServletRequest request) {
        // Jetty waits for it all the same.
        request.startAsync().setTimeout(TIMEOUT_MS);
        boom("boom");
    }

    private void childLater(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        Runnable child = obs.wrap(() -> obs.trace("child").run(() -> {}));
        CompletableFuture.runAsync(() -> {
            gate.await();
            child.run();
            async.complete();
        });
    }

    private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OutputStream body = response.getOutputStream();
        body.write("one\n".getBytes(UTF_8));
        response.flushBuffer();
        gate.await();
        body.write("two\n".getBytes(UTF_8));
    }

    private static void endless(HttpServletResponse response) throws IOException {
        var some = new byte[64 * 1024];
        // Far more than any buffer between here and the client holds.
        for (int i = 0; i < 100_000; i++) {
            response.getOutputStream().write(some);
        }
    }

    private void upload(HttpServletRequest request, HttpServletResponse response) throws IOException {
        gate.await();
        echo(request, response);
    }
}
