package io.cruddur.obs.console.internal.http;

import java.io.OutputStream;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of each request: gate, route, token, endpoint, answer. */
final class Dispatch extends Handler.Abstract {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private final Gate gate;
    private final Routes routes;
    private final Access access;

    Dispatch(Gate gate, Routes routes, Access access) {
        this.gate = gate;
        this.routes = routes;
        this.access = access;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            Answer answer = answer(request);
            try {
                Bodies.drain(request);
                write(answer, response);
            } finally {
                answer.body().done();
            }
            callback.succeeded();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            callback.failed(stopping);
        } catch (Exception broken) {
            // The other side has gone, most likely; there is nobody left to tell.
            callback.failed(broken);
        }
        return true;
    }

    private Answer answer(Request request) {
        try {
            gate.check(request);
            Routes.Found found = find(request);
            Call call = new Call(request, access, found.pathParts());
            if (found.guarded() && !call.mayRead()) {
                throw new Problem(
                        401,
                        "Reading takes the console's token.",
                        "Send Authorization: Bearer with the token printed at start, or open the URL printed there.",
                        Map.of("WWW-Authenticate", "Bearer"));
            }
            return answer(found.endpoint(), call, request);
        } catch (RuntimeException | Error failure) {
            return problem(failure, request).answer();
        }
    }

    private static Answer answer(Endpoint endpoint, Call call, Request request) {
        try {
            return endpoint.answer(call);
        } catch (RuntimeException | Error failure) {
            return endpoint.refusal(call, problem(failure, request));
        }
    }

    /** What is told of it, and to the log too if it is the console's own fault. */
    private static Problem problem(Throwable failure, Request request) {
        if (failure instanceof Problem known) return known;
        if (failure instanceof HttpException refused && refused.getCode() < 500) {
            return new Problem(refused.getCode(), "The request is malformed.", "Check its URL, headers and body.");
        }
        log.error(
                "The console failed on {} {}",
                request.getMethod(),
                Printable.text(Request.getPathInContext(request)),
                Printable.failure(failure));
        return new Problem(500, "The console failed on this request.", "Its log has the reason.");
    }

    private Routes.Found find(Request request) {
        try {
            return routes.find(request.getMethod(), Request.getPathInContext(request));
        } catch (Problem nothing) {
            Endpoint stranger = routes.stranger(new Call(request, access, Map.of()));
            if (stranger == null) throw nothing;
            return new Routes.Found(stranger, false, Map.of());
        }
    }

    private static void write(Answer answer, Response response) throws Exception {
        response.setStatus(answer.status());
        SecurityHeaders.addTo(response.getHeaders());
        answer.headers().forEach(response.getHeaders()::put);
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            answer.body().writeTo(out);
        }
    }
}
