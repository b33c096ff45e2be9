package io.cruddur.obs.console.internal.http;

import io.cruddur.obs.console.internal.json.Json;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, before any endpoint sees it, in the console's own shape. */
final class PlainErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        headers(response.getHeaders());
        response.write(true, ByteBuffer.wrap(body(response.getStatus())), callback);
        return true;
    }

    /** Jetty 12.1 still asks for this where a request cannot be parsed at all. */
    @Override
    @SuppressWarnings("removal")
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        headers(fields);
        return ByteBuffer.wrap(body(status));
    }

    private static void headers(HttpFields.Mutable headers) {
        SecurityHeaders.addTo(headers);
        headers.put("Content-Type", "application/json");
    }

    private static byte[] body(int status) {
        return Json.bytes(Json.object()
                .put("error", HttpStatus.getMessage(status) + ".")
                .put("hint", "The request is malformed: check its first line, URL and headers."));
    }
}
