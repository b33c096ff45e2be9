package io.cruddur.obs.test.otlp;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status the status
 * @param contentType the type; empty for none
 * @param headers others
 * @param body the body
 * @param takes whether the spans are taken all the same
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OtlpAnswer(int status, String contentType, Map<String, String> headers, byte[] body, boolean takes) {
    private static final String PROTOBUF = "application/x-protobuf";

    /** All spans are taken. */
    static final OtlpAnswer TAKEN = new OtlpAnswer(200, PROTOBUF, Map.of(), new byte[0], true);

    /** Any answer, such as a proxy's; nothing is taken. */
    public static OtlpAnswer of(int status, String contentType, String body) {
        return new OtlpAnswer(status, contentType, Map.of(), body.getBytes(StandardCharsets.UTF_8), false);
    }

    /** A status alone. */
    public static OtlpAnswer of(int status) {
        return of(status, "", "");
    }

    /** A collector's own success that says that some spans were refused, and why. */
    public static OtlpAnswer partialSuccess(long rejectedSpans, String message) {
        return new OtlpAnswer(
                200,
                PROTOBUF,
                Map.of(),
                ExportTraceServiceResponse.newBuilder()
                        .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                                .setRejectedSpans(rejectedSpans)
                                .setErrorMessage(message))
                        .build()
                        .toByteArray(),
                true);
    }

    /** The first half of such an answer, as if the collector had died in its middle. */
    public static OtlpAnswer halfOf(OtlpAnswer whole) {
        byte[] half = new byte[whole.body.length / 2];
        System.arraycopy(whole.body, 0, half, 0, half.length);
        return new OtlpAnswer(whole.status, whole.contentType, whole.headers, half, false);
    }

    /** The same with one more header. */
    public OtlpAnswer with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new OtlpAnswer(status, contentType, more, body, takes);
    }
}
