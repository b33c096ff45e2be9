package io.cruddur.obs.rollbar;

import com.rollbar.api.json.JsonSerializable;
import com.rollbar.api.payload.data.Data;
import com.rollbar.api.payload.data.Level;
import com.rollbar.api.payload.data.Notifier;
import com.rollbar.api.payload.data.Request;
import com.rollbar.api.payload.data.Server;
import com.rollbar.api.payload.data.body.Body;
import com.rollbar.api.payload.data.body.BodyContent;
import com.rollbar.api.payload.data.body.ExceptionInfo;
import com.rollbar.api.payload.data.body.Frame;
import com.rollbar.api.payload.data.body.Message;
import com.rollbar.api.payload.data.body.Trace;
import com.rollbar.api.payload.data.body.TraceChain;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.Ids;
import io.cruddur.obs.trace.SpanIds;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds an item in rollbar-java's payload model and writes it by our own writer, which knows no invalid JSON; without secrets. */
final class ItemWriter {
    private final JsonBuffer json = new JsonBuffer();
    private final RollbarSettings settings;
    private final Redactor redactor;
    private final Server server;
    private final Notifier notifier =
            new Notifier.Builder().name("cruddur-obs").version("0.1.0").build();

    ItemWriter(RollbarSettings settings, Redactor redactor) {
        this.settings = settings;
        this.redactor = redactor;
        this.server = new Server.Builder().host(hostName()).build();
    }

    byte[] write(ErrorRecord error) {
        Data data = new Data.Builder()
                .uuid(error.uuid())
                .environment(settings.environment())
                .level(Level.valueOf(error.level().toUpperCase(Locale.ROOT)))
                .timestamp(error.timestampMillis())
                .codeVersion(settings.codeVersion())
                .platform("java")
                .language("java")
                .server(server)
                .notifier(notifier)
                .request(request(error.request()))
                .custom(custom(error))
                .body(new Body.Builder().bodyContent(content(error)).build())
                .build();
        json.clear().beginObject().key("data").value(plain(data));
        return json.endObject().toByteArray();
    }

    private Map<String, @Nullable Object> custom(ErrorRecord error) {
        var custom = new LinkedHashMap<String, @Nullable Object>();
        error.custom().forEach((key, value) -> custom.put(redactor.redact(key), redactor.redactValue(key, value)));
        custom.put("service", settings.service());
        SpanIds ids = error.ids();
        if (ids.isTraced()) {
            custom.put("traceId", Ids.w3cTraceId(ids.traceIdHigh(), ids.traceIdLow()));
            custom.put("xrayTraceId", Ids.xrayTraceId(ids.traceIdHigh(), ids.traceIdLow()));
            custom.put("spanId", Ids.hex(ids.spanId()));
        }
        return custom;
    }

    private BodyContent content(ErrorRecord error) {
        CapturedException exception = error.exception();
        if (exception == null) {
            return new Message.Builder()
                    .body(redactor.redact(String.valueOf(error.message())))
                    .build();
        }
        List<Trace> traces =
                exception.chain().stream().map(e -> trace(e, error.message())).toList();
        return traces.size() == 1
                ? traces.get(0)
                : new TraceChain.Builder().traces(traces).build();
    }

    private Trace trace(CapturedException exception, @Nullable String description) {
        var frames = new ArrayList<Frame>();
        // Rollbar wants the innermost frame last.
        for (int i = exception.frames().size() - 1; i >= 0; i--) {
            StackTraceElement frame = exception.frames().get(i);
            frames.add(new Frame.Builder()
                    .filename(frame.getFileName() == null ? "unknown" : frame.getFileName())
                    .lineNumber(frame.getLineNumber())
                    .className(frame.getClassName())
                    .method(frame.getMethodName())
                    .build());
        }
        var info = new ExceptionInfo.Builder()
                .className(exception.type())
                .message(redacted(exception.message()))
                .description(redacted(description))
                .build();
        return new Trace.Builder().frames(frames).exception(info).build();
    }

    private @Nullable String redacted(@Nullable String text) {
        return text == null ? null : redactor.redact(text);
    }

    private @Nullable Request request(@Nullable HttpRequest request) {
        // Headers, bodies and the client's address stay out: they are the user's, not ours.
        return request == null
                ? null
                : new Request.Builder()
                        .method(redacted(request.method()))
                        .url(redacted(request.url()))
                        .build();
    }

    /** The model as maps and lists, down to the leaves. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonSerializable model) {
            return plain(model.asJson());
        }
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), plain(inner)));
            return copy;
        }
        if (value instanceof List<?> items) {
            return items.stream().map(ItemWriter::plain).toList();
        }
        return value;
    }

    private static String hostName() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
