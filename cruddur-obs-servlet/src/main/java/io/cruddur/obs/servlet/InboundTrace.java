package io.cruddur.obs.servlet;

import io.cruddur.obs.Span;
import io.cruddur.obs.trace.Traceparent;
import io.cruddur.obs.trace.XAmznTraceId;
import jakarta.servlet.http.HttpServletRequest;

/** The trace id of a caller who is not trusted: not gone on with, but kept for whoever has to look. */
final class InboundTrace {
    private static final String NAMESPACE = "inbound";
    private static final int MAX_CHARS = 512;

    private InboundTrace() {}

    static void keep(HttpServletRequest request, Span span) {
        String name = XAmznTraceId.NAME;
        String value = Headers.joined(request, name);
        if (value == null) {
            name = Traceparent.NAME;
            value = Headers.joined(request, name);
        }
        if (value != null) {
            span.metadata(NAMESPACE, name, Headers.safe(value, MAX_CHARS));
        }
    }
}
