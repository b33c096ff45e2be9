package io.cruddur.obs.servlet;

import io.cruddur.obs.Span;
import io.cruddur.obs.propagation.PropagationFormat;
import jakarta.servlet.http.HttpServletRequest;

/** The trace ids of a caller who is not trusted: not gone on with, but kept for whoever has to look. */
final class InboundTrace {
    private static final String NAMESPACE = "inbound";
    private static final int MAX_CHARS = 512;
    private static final PropagationFormat[] FORMATS = PropagationFormat.values();

    private InboundTrace() {}

    static void keep(HttpServletRequest request, Span span) {
        for (PropagationFormat format : FORMATS) {
            String value = Headers.joined(request, format.traceHeader());
            if (value != null) {
                span.metadata(NAMESPACE, format.traceHeader(), Headers.safe(value, MAX_CHARS));
            }
        }
    }
}
