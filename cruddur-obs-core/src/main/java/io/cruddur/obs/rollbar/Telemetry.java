package io.cruddur.obs.rollbar;

import com.rollbar.api.payload.data.Level;
import com.rollbar.api.payload.data.Source;
import com.rollbar.api.payload.data.TelemetryEvent;
import com.rollbar.api.payload.data.TelemetryType;
import io.cruddur.obs.error.Breadcrumb;
import io.cruddur.obs.redact.Redactor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened before, in Rollbar's words. Immutable. */
final class Telemetry {
    private final Redactor redactor;

    Telemetry(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Null for nothing, which Rollbar then does not show. */
    @Nullable List<TelemetryEvent> of(List<Breadcrumb> breadcrumbs) {
        return breadcrumbs.isEmpty()
                ? null
                : breadcrumbs.stream().map(this::event).toList();
    }

    private TelemetryEvent event(Breadcrumb crumb) {
        return new TelemetryEvent(
                type(crumb),
                Level.valueOf(crumb.level().toUpperCase(Locale.ROOT)),
                crumb.timestampMillis(),
                Source.SERVER,
                body(crumb));
    }

    /** A call is one of the network only where its address is known. */
    private static TelemetryType type(Breadcrumb crumb) {
        return switch (crumb.kind()) {
            case LOG -> TelemetryType.LOG;
            case SPAN -> TelemetryType.MANUAL;
            case CALL -> crumb.detail() == null ? TelemetryType.MANUAL : TelemetryType.NETWORK;
        };
    }

    private Map<String, String> body(Breadcrumb crumb) {
        var body = new LinkedHashMap<String, String>();
        if (type(crumb) == TelemetryType.NETWORK && crumb.detail() != null) {
            int space = crumb.detail().indexOf(' ');
            body.put("method", crumb.detail().substring(0, Math.max(0, space)));
            body.put("url", redactor.redact(crumb.detail().substring(space + 1)));
            if (crumb.status() > 0) {
                body.put("status_code", String.valueOf(crumb.status()));
            }
        } else {
            body.put("message", redactor.redact(crumb.text()));
            if (crumb.kind() == Breadcrumb.Kind.LOG && crumb.detail() != null) {
                body.put("logger", redactor.redact(crumb.detail()));
            }
        }
        if (crumb.durationMillis() >= 0) {
            body.put("duration_ms", String.valueOf(crumb.durationMillis()));
        }
        return body;
    }
}
