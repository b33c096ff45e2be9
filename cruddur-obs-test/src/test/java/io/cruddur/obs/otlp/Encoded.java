package io.cruddur.obs.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cruddur.obs.Obs;
import io.cruddur.obs.OtlpObs;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.test.otlp.ReceivedSpan;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.TraceRecord;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What an application records, encoded, and read again by OpenTelemetry's own classes. */
final class Encoded {
    private final Adjustments adjustments = new Adjustments();
    private final OtlpSink sink =
            new OtlpSink(OtlpSettings.xray("eu-central-1", OtlpResource.of("shop")), adjustments, new Secrets());
    private final List<EncodedRecord> parts = new ArrayList<>();
    private final List<TraceRecord> records = new CopyOnWriteArrayList<>();

    static Encoded of(Consumer<Obs> application) {
        var encoded = new Encoded();
        try (Obs obs = OtlpObs.recording(encoded::take)) {
            application.accept(obs);
        }
        return encoded;
    }

    private void take(TraceRecord record) {
        records.add(record);
        int before = parts.size();
        sink.encode(record, parts::add);
        List<EncodedRecord> ofRecord = parts.subList(before, parts.size());
        assertThat(ofRecord).isNotEmpty();
        assertThat(ofRecord.stream().filter(EncodedRecord::endsRecord)).hasSize(1);
        assertThat(ofRecord.get(ofRecord.size() - 1).endsRecord()).isTrue();
        assertThat(ofRecord.stream().map(EncodedRecord::id).distinct()).hasSize(1);
    }

    List<TraceRecord> records() {
        return records;
    }

    List<EncodedRecord> parts() {
        return parts;
    }

    Map<String, Long> adjustments() {
        return adjustments.counts();
    }

    List<ReceivedSpan> spans() {
        return parts.stream().flatMap(part -> spans(part.bytes()).stream()).toList();
    }

    ReceivedSpan named(String name) {
        return spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    ReceivedSpan only() {
        assertThat(spans()).hasSize(1);
        return spans().get(0);
    }

    static List<ReceivedSpan> spans(byte[] request) {
        try {
            return ExportTraceServiceRequest.parseFrom(request).getResourceSpansList().stream()
                    .flatMap(of -> of.getScopeSpansList().stream()
                            .flatMap(scope -> scope.getSpansList().stream())
                            .map(span -> new ReceivedSpan(of.getResource(), span)))
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
