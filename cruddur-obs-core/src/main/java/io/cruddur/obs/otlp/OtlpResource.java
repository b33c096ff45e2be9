package io.cruddur.obs.otlp;

import io.cruddur.obs.aws.platform.Platform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every request says of the process that it is from, in the names of the semantic conventions. Immutable.
 *
 * @param service {@code service.name}
 * @param serviceVersion {@code service.version}
 * @param environment {@code deployment.environment.name}
 * @param host {@code host.name}
 * @param platform what the process runs on, as far as it is known by now; asked for each request
 * @param logGroup the CloudWatch log group in which the lines of a trace are found, {@code aws.log.group.names}
 * @param sdkVersion the version of this library, {@code telemetry.sdk.version}
 * @param others more attributes; those that are known otherwise stay as they are
 */
public record OtlpResource(
        String service,
        @Nullable String serviceVersion,
        @Nullable String environment,
        @Nullable String host,
        Supplier<Platform> platform,
        @Nullable String logGroup,
        @Nullable String sdkVersion,
        Map<String, String> others) {

    /** Copies the map. */
    public OtlpResource {
        others = Map.copyOf(others);
    }

    /** A service of which nothing else is known. */
    public static OtlpResource of(String service) {
        return new OtlpResource(service, null, null, null, () -> Platform.UNKNOWN, null, null, Map.of());
    }

    /** All of it on this platform: strings, numbers and lists of strings. */
    Map<String, Object> attributes(Platform on) {
        var all = new LinkedHashMap<String, Object>();
        all.put("service.name", service);
        putIfKnown(all, "service.version", serviceVersion);
        putIfKnown(all, "deployment.environment.name", environment);
        putIfKnown(all, "host.name", host);
        all.put("process.pid", ProcessHandle.current().pid());
        all.put("telemetry.sdk.name", "cruddur-obs");
        all.put("telemetry.sdk.language", "java");
        putIfKnown(all, "telemetry.sdk.version", sdkVersion);
        if (logGroup != null) {
            all.put("aws.log.group.names", List.of(logGroup));
        }
        // What somebody has said goes before what was found.
        others.forEach(all::putIfAbsent);
        PlatformAttributes.of(on).forEach(all::putIfAbsent);
        return all;
    }

    private static void putIfKnown(Map<String, Object> to, String key, @Nullable String value) {
        if (value != null) {
            to.put(key, value);
        }
    }
}
