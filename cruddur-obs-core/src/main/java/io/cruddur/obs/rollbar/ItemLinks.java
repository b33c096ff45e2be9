package io.cruddur.obs.rollbar;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a trace can be looked at. Immutable. */
final class ItemLinks {
    private final @Nullable String region;
    private final @Nullable URI console;

    ItemLinks(@Nullable String region, @Nullable URI console) {
        this.region = region;
        this.console = console;
    }

    /** The trace in the X-Ray console; null where no region is known. */
    @Nullable String xray(String xrayTraceId) {
        return region == null
                ? null
                : "https://" + region + '.' + domain(region) + "/cloudwatch/home?region=" + region + "#xray:traces/"
                        + xrayTraceId;
    }

    private static String domain(String region) {
        if (region.startsWith("cn-")) {
            return "console.amazonaws.cn";
        }
        return region.startsWith("us-gov-") ? "console.amazonaws-us-gov.com" : "console.aws.amazon.com";
    }

    /** The trace on the local page; null where there is none. */
    @Nullable String console(String xrayTraceId) {
        if (console == null) {
            return null;
        }
        String address = console.toString();
        return address + (address.endsWith("/") ? "" : "/") + "#/traces/" + xrayTraceId;
    }
}
