package io.cruddur.obs.spring.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cruddur.obs.Obs;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.test.http.Gate;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** The application of the contract, as Spring's are written. */
@Controller
class ContractController implements ErrorController {
    private static final class Handled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Obs obs;
    private final Gate gate;

    ContractController(Obs obs, Gate gate) {
        this.obs = obs;
        this.gate = gate;
    }

    @RequestMapping("/ok")
    @ResponseBody
    String ok() {
        return "ok";
    }

    @RequestMapping("/status/{status}")
    ResponseEntity<Void> status(@PathVariable int status) {
        return ResponseEntity.status(status).build();
    }

    @RequestMapping("/send-error/{status}")
    void sendError(@PathVariable int status, HttpServletResponse response) throws IOException {
        response.sendError(status);
    }

    @RequestMapping("/error")
    @ResponseBody
    ResponseEntity<String> error(HttpServletRequest request) {
        int status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return ResponseEntity.status(status).body("the page of an error");
    }

    @PostMapping("/echo")
    @ResponseBody
    String echo(@RequestBody String body) {
        return body;
    }

    @RequestMapping("/child")
    @ResponseBody
    String child() {
        return obs.trace("child").call(() -> "ok");
    }

    @RequestMapping("/annotate")
    @ResponseBody
    String annotate() {
        obs.currentSpan().annotate("said", "by the handler");
        return "ok";
    }

    @RequestMapping("/inject")
    @ResponseBody
    String inject() {
        var headers = new HashMap<String, String>();
        obs.inject(headers::put);
        return String.valueOf(headers.get("X-Amzn-Trace-Id"));
    }

    @RequestMapping("/baggage")
    @ResponseBody
    String baggage() {
        return obs.baggage().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    @RequestMapping("/leak")
    @ResponseBody
    String leak() {
        obs.trace("leak").newTrace().start().annotate("never", "closed");
        return "ok";
    }

    @RequestMapping({"/current", "/excluded/current"})
    @ResponseBody
    String current() {
        TraceContext current = obs.currentTraceContext();
        return current.isValid() ? current.xrayTraceId() : "none";
    }

    @RequestMapping("/boom")
    void boom() {
        throw new IllegalStateException("boom");
    }

    @RequestMapping("/wrapped")
    void wrapped() throws ServletException {
        throw new ServletException("wrapper", new IllegalStateException("boom"));
    }

    @RequestMapping("/boom-late")
    void boomLate(HttpServletResponse response) throws IOException {
        response.getOutputStream().print("beginning");
        response.flushBuffer();
        throw new IllegalStateException("late boom");
    }

    @RequestMapping("/parameter")
    @ResponseBody
    String parameter(@RequestParam("q") String q) {
        return q;
    }

    @RequestMapping("/handled")
    void handled() {
        throw new Handled();
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.CONFLICT)
    @ResponseBody
    String handle(Handled handled) {
        return handled.toString();
    }

    @RequestMapping("/forward")
    String forward() {
        return "forward:/ok";
    }

    @RequestMapping("/include")
    void include(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        response.getOutputStream().print("[");
        response.flushBuffer();
        request.getRequestDispatcher("/ok").include(request, response);
        response.getOutputStream().print("]");
    }

    @RequestMapping("/items/{id}")
    @ResponseBody
    String item(@PathVariable String id) {
        return id;
    }

    private <T> DeferredResult<T> later(Consumer<DeferredResult<T>> then) {
        var result = new DeferredResult<T>(20_000L);
        CompletableFuture.runAsync(() -> {
            gate.await();
            then.accept(result);
        });
        return result;
    }

    private static DeferredResult<ResponseEntity<Void>> now(int status) {
        var result = new DeferredResult<ResponseEntity<Void>>();
        result.setResult(ResponseEntity.status(status).build());
        return result;
    }

    @RequestMapping("/async/complete")
    DeferredResult<ResponseEntity<Void>> asyncComplete() {
        return later(result -> result.setResult(ResponseEntity.status(202).build()));
    }

    @RequestMapping("/async/immediate")
    DeferredResult<ResponseEntity<Void>> asyncImmediate() {
        return now(200);
    }

    @RequestMapping("/async/dispatch-at-once")
    DeferredResult<ResponseEntity<Void>> asyncDispatchAtOnce() {
        return now(202);
    }

    /** The name of a view: what it is forwarded to runs in the dispatch. */
    @RequestMapping("/async/dispatch")
    DeferredResult<String> asyncDispatch() {
        return later(result -> result.setResult("forward:/current"));
    }

    @RequestMapping("/async/timeout")
    DeferredResult<String> asyncTimeout() {
        return new DeferredResult<>(1L);
    }

    @RequestMapping("/async/boom")
    DeferredResult<String> asyncBoom() {
        return later(result -> result.setErrorResult(new IllegalStateException("late boom")));
    }

    @RequestMapping("/async/child")
    DeferredResult<ResponseEntity<Void>> asyncChild() {
        Runnable child = obs.wrap(() -> obs.trace("child").run(() -> {}));
        return later(result -> {
            child.run();
            result.setResult(ResponseEntity.ok().build());
        });
    }

    @RequestMapping("/stream")
    StreamingResponseBody stream(HttpServletResponse response) {
        return body -> {
            body.write("one\n".getBytes(UTF_8));
            // Spring leaves a flush of the body to the server.
            response.flushBuffer();
            gate.await();
            body.write("two\n".getBytes(UTF_8));
        };
    }

    @RequestMapping("/endless")
    void endless(HttpServletResponse response) throws IOException {
        var some = new byte[64 * 1024];
        // Far more than any buffer between here and the client holds.
        for (int i = 0; i < 100_000; i++) {
            response.getOutputStream().write(some);
        }
    }

    @PostMapping("/upload")
    @ResponseBody
    String upload(InputStream body) throws IOException {
        gate.await();
        return new String(body.readAllBytes(), UTF_8);
    }
}
