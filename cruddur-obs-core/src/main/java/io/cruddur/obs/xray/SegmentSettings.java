package io.cruddur.obs.xray;

import org.jspecify.annotations.Nullable;

/**
 * What every segment says of the process that it is from.
 *
 * @param origin the kind of AWS resource that the process runs on, such as {@code AWS::ECS::Container}
 * @param serviceVersion the version of the service
 * @param logGroup the CloudWatch log group in which the lines of a trace are found
 * @param sdkVersion the version of this library
 */
public record SegmentSettings(
        @Nullable String origin,
        @Nullable String serviceVersion,
        @Nullable String logGroup,
        @Nullable String sdkVersion) {
    /** Nothing is known. */
    public static final SegmentSettings NONE = new SegmentSettings(null, null, null, null);
}
