package io.cruddur.obs.xray;

import io.cruddur.obs.aws.platform.Platform;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every segment says of the process that it is from.
 *
 * @param platform what the process runs on, as far as it is known by now; asked for each segment
 * @param serviceVersion the version of the service
 * @param logGroup the CloudWatch log group in which the lines of a trace are found
 * @param sdkVersion the version of this library
 */
public record SegmentSettings(
        Supplier<Platform> platform,
        @Nullable String serviceVersion,
        @Nullable String logGroup,
        @Nullable String sdkVersion) {
    /** Nothing is known. */
    public static final SegmentSettings NONE = new SegmentSettings(() -> Platform.UNKNOWN, null, null, null);
}
