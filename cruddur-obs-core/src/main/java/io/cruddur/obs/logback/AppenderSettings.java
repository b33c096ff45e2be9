package io.cruddur.obs.logback;

import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.log.CaptureSettings;
import io.cruddur.obs.log.LineSettings;
import io.cruddur.obs.log.LogFormat;
import io.cruddur.obs.log.OwnSignal;
import io.cruddur.obs.log.OwnSignalProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a Logback configuration says in the appender's element: texts, which are read when it is started. */
final class AppenderSettings {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> fieldNames = new HashMap<>();
    private final List<String> folded = new ArrayList<>();

    void set(String name, String value) {
        texts.put(name, value.strip());
    }

    /** {@code message=msg}. */
    void addFieldName(String renaming) {
        int equals = renaming.indexOf('=');
        if (equals < 1) {
            // Kept, so that the start says it: here nobody hears.
            texts.put("fieldName", renaming);
        } else {
            fieldNames.put(
                    renaming.substring(0, equals).strip(),
                    renaming.substring(equals + 1).strip());
        }
    }

    void addFoldedFrames(String beginning) {
        folded.add(beginning.strip());
    }

    boolean isEmpty() {
        return texts.isEmpty() && fieldNames.isEmpty() && folded.isEmpty();
    }

    /**
     * Starts what ships for one appender alone.
     *
     * @throws IllegalArgumentException if a setting is not valid; names it and the valid form
     */
    OwnSignal startOwn() {
        String service = texts.get("service");
        if (service == null || service.isEmpty()) {
            throw new IllegalArgumentException("<service> is missing. An appender with settings starts what ships its "
                    + "events, and needs the service's name; one without any uses the application's Obs.");
        }
        var settings = new OwnSignalProvider.Settings(
                service,
                texts.get("environment"),
                texts.get("group"),
                texts.get("stream"),
                texts.get("region"),
                read("endpoint", "an http or https URL, such as http://127.0.0.1:2000", AppenderSettings::url),
                is("anonymous", false),
                spool(),
                read("spoolDirectory", "a directory, such as /var/spool/cruddur", Path::of),
                lines(),
                capture());
        return ServiceLoader.load(OwnSignalProvider.class, AppenderSettings.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "nothing that ships is on the class path: META-INF/services is not complete"))
                .start(settings);
    }

    private SpoolMode spool() {
        SpoolMode mode = read("spool", "off, overflow or write-ahead", text -> SpoolMode.parse("<spool>", text));
        return mode == null ? SpoolMode.OFF : mode;
    }

    private LineSettings lines() {
        String renaming = texts.get("fieldName");
        if (renaming != null) {
            throw new IllegalArgumentException(
                    "<fieldName> is '" + renaming + "'. The valid form is field=name, such as message=msg.");
        }
        LogFormat format = read(
                "format",
                "one of " + Arrays.toString(LogFormat.values()),
                text -> LogFormat.valueOf(text.toUpperCase(Locale.ROOT)));
        List<String> fold = is("foldFrames", true) ? LineSettings.FOLDED_BY_DEFAULT : List.of();
        return new LineSettings(
                format == null ? LogFormat.JSON : format,
                fieldNames,
                folded.isEmpty() ? fold : folded,
                is("rootCauseFirst", false));
    }

    private CaptureSettings capture() {
        Integer bytes = read("maxMessageBytes", "a whole number of bytes, such as 65536", Integer::valueOf);
        return new CaptureSettings(
                bytes == null ? CaptureSettings.DEFAULT.maxMessageBytes() : bytes,
                is("callerData", false),
                texts.get("pattern"));
    }

    private boolean is(String name, boolean otherwise) {
        Boolean value = read(name, "true or false", AppenderSettings::flag);
        return value == null ? otherwise : value;
    }

    private static Boolean flag(String text) {
        if (!"true".equalsIgnoreCase(text) && !"false".equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("no flag");
        }
        return Boolean.valueOf(text);
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw new IllegalArgumentException("no address");
        }
        return url;
    }

    private <T> @Nullable T read(String name, String validForm, Function<String, T> reader) {
        String text = texts.get(name);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            // An address may carry a password.
            String shown = "endpoint".equals(name) ? "not valid" : "'" + text + "'";
            throw new IllegalArgumentException(
                    "<" + name + "> is " + shown + ". The valid form is " + validForm + ".", e);
        }
    }
}
