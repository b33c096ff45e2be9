package io.cruddur.obs.xray;

import io.cruddur.obs.aws.platform.Platform;
import io.cruddur.obs.aws.platform.Platform.LogGroup;
import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.redact.Redactor;
import org.jspecify.annotations.Nullable;

/** What each segment says of its process, in bytes: made once, and again when more is known. Used by one thread. */
final class ProcessFields {
    private static final int MAX_CHARS = 250;

    private final SegmentSettings settings;
    private final Redactor redactor;
    private Platform platform;
    private byte[] origin;
    private byte[] others;

    ProcessFields(SegmentSettings settings, Redactor redactor) {
        this.settings = settings;
        this.redactor = redactor;
        this.platform = settings.platform().get();
        this.origin = bytesOfOrigin(platform.origin());
        this.others = bytesOfOthers();
    }

    /**
     * Writes them up to the sampling rule.
     *
     * @param ownOrigin what the segment says itself, as few do
     */
    void write(JsonBuffer json, @Nullable String ownOrigin) {
        refresh();
        json.literal(ownOrigin == null ? origin : bytesOfOrigin(CapturedValue.shortenedHarmless(ownOrigin, MAX_CHARS)));
        json.literal(others);
    }

    @SuppressWarnings("ReferenceEquality") // it is the same object until more is known
    private void refresh() {
        Platform now = settings.platform().get();
        if (now != platform) {
            platform = now;
            origin = bytesOfOrigin(now.origin());
            others = bytesOfOthers();
        }
    }

    private static byte[] bytesOfOrigin(@Nullable String origin) {
        return new JsonBuffer().commaNext().field("origin", origin).toByteArray();
    }

    private byte[] bytesOfOthers() {
        var json = new JsonBuffer().commaNext();
        String version = settings.serviceVersion();
        if (version != null) {
            json.beginObject("service")
                    .field("version", CapturedValue.shortenedHarmless(version, MAX_CHARS))
                    .endObject();
        }
        json.beginObject("aws");
        platform.facts().forEach((of, facts) -> {
            json.beginObject(of);
            facts.forEach((name, fact) -> json.key(name).value(redactor.redactValue(name, fact)));
            json.endObject();
        });
        writeLogs(json);
        json.beginObject("xray").field("sdk", "Cruddur Obs for Java").field("sdk_version", settings.sdkVersion());
        return json.toByteArray();
    }

    private void writeLogs(JsonBuffer json) {
        String own = settings.logGroup();
        if (own == null && platform.logs().isEmpty()) {
            return;
        }
        json.beginArray("cloudwatch_logs");
        if (own != null
                && platform.logs().stream().noneMatch(group -> group.name().equals(own))) {
            json.beginObject().field("log_group", own).endObject();
        }
        for (LogGroup group : platform.logs()) {
            json.beginObject()
                    .field("log_group", group.name())
                    .field("arn", group.arn())
                    .endObject();
        }
        json.endArray();
    }
}
