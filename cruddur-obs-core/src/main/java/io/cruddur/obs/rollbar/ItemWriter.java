package io.cruddur.obs.rollbar;

import com.rollbar.api.json.JsonSerializable;
import com.rollbar.api.payload.data.Data;
import com.rollbar.api.payload.data.Level;
import com.rollbar.api.payload.data.Notifier;
import com.rollbar.api.payload.data.Person;
import com.rollbar.api.payload.data.Request;
import com.rollbar.api.payload.data.Server;
import com.rollbar.api.payload.data.body.Body;
import com.rollbar.api.payload.data.body.BodyContent;
import com.rollbar.api.payload.data.body.Message;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.error.Folded;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds an item in rollbar-java's payload model and writes it by our own writer, which knows no invalid JSON; without
 * secrets, and no larger than it may be. Used by one thread.
 */
final class ItemWriter {
    private static final int MAX_VERSION = 40;
    private static final int MAX_ENVIRONMENT = 255;

    private final JsonBuffer json = new JsonBuffer();
    private final RollbarSettings settings;
    private final Redactor redactor;
    private final TraceBodies traces;
    private final Telemetry telemetry;
    private final CustomFields custom;
    private final Server server;
    private final @Nullable String codeVersion;
    private final Notifier notifier;

    ItemWriter(RollbarSettings settings, Redactor redactor, ServerFacts facts) {
        this.settings = settings;
        this.redactor = redactor;
        this.traces = new TraceBodies(settings.items(), redactor);
        this.telemetry = new Telemetry(redactor);
        this.custom = new CustomFields(settings, redactor, traces);
        this.codeVersion = shortened(settings.codeVersion() == null ? facts.codeVersion() : settings.codeVersion());
        this.server = new Server.Builder()
                .host(facts.host())
                .root(traces.root())
                .codeVersion(codeVersion)
                .build();
        this.notifier = new Notifier.Builder()
                .name("cruddur-obs")
                .version(facts.ownVersion())
                .build();
    }

    private static @Nullable String shortened(@Nullable String version) {
        return version == null ? null : CapturedValue.shortenedHarmless(version, MAX_VERSION);
    }

    byte[] write(ErrorRecord error) {
        Data data = new Data.Builder()
                .uuid(error.uuid())
                .environment(CapturedValue.shortenedHarmless(settings.environment(), MAX_ENVIRONMENT))
                .level(Level.valueOf(error.level().toUpperCase(Locale.ROOT)))
                .timestamp(error.timestampMillis())
                .codeVersion(codeVersion)
                .platform("java")
                .language("java")
                .framework(settings.items().framework())
                .context(redacted(error.context()))
                .title(redacted(error.title()))
                .fingerprint(redacted(error.fingerprint()))
                .isUncaught(error.uncaught())
                .server(server)
                .notifier(notifier)
                .request(request(error.request()))
                .person(person(error.person()))
                .custom(custom.of(error))
                .body(new Body.Builder()
                        .bodyContent(content(error))
                        .telemetryEvents(telemetry.of(error.breadcrumbs()))
                        .build())
                .build();
        json.clear().beginObject().key("data").value(plain(data));
        byte[] item = json.endObject().toByteArray();
        int most = settings.items().maxBytes();
        return item.length <= most ? item : ShorterItem.of(item, most);
    }

    private BodyContent content(ErrorRecord error) {
        CapturedException exception = error.exception();
        String said = said(error);
        return exception == null
                ? new Message.Builder().body(said == null ? "null" : said).build()
                : traces.of(exception, said);
    }

    private @Nullable String said(ErrorRecord error) {
        String message = redacted(error.message());
        Folded folded = error.folded();
        if (folded == null || error.exception() == null) {
            return message;
        }
        return folded.count() + " more like this were reported and are folded into this item"
                + (message == null ? "" : ": " + message);
    }

    private @Nullable String redacted(@Nullable String text) {
        return text == null ? null : redactor.redact(text);
    }

    /** By an allow-list: no header but the user agent, no value of a parameter, no body. */
    private @Nullable Request request(@Nullable HttpRequest request) {
        if (request == null) {
            return null;
        }
        String userAgent = redacted(request.userAgent());
        return new Request.Builder()
                .method(redacted(request.method()))
                .url(redacted(request.url()))
                .headers(userAgent == null ? null : Map.of("User-Agent", userAgent))
                .userIp(Addresses.of(request.clientAddress(), settings.items().clientAddress()))
                .build();
    }

    private @Nullable Person person(io.cruddur.obs.error.@Nullable Person person) {
        return person == null
                ? null
                : new Person.Builder()
                        .id(redacted(person.id()))
                        .username(redacted(person.username()))
                        .email(redacted(person.email()))
                        .build();
    }

    /** The model as maps and lists, down to the leaves. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonSerializable model) {
            return plain(model.asJson());
        }
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, inner) -> {
                if (inner != null) {
                    copy.put(String.valueOf(key), plain(inner));
                }
            });
            return copy;
        }
        if (value instanceof List<?> items) {
            return items.stream().map(ItemWriter::plain).toList();
        }
        return value;
    }
}
