package io.cruddur.obs;

import io.cruddur.obs.propagation.Propagation;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.Sampler;
import io.cruddur.obs.xray.DaemonAddress;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was set, complete and checked. A destination that is null is not used. The sampler is made when the rest is: one
 * that follows the account's rules has a thread, and asks the daemon.
 */
record Settings(
        boolean enabled,
        String service,
        String environment,
        @Nullable HostPattern namedByHost,
        Function<@Nullable DaemonAddress, Sampler> sampler,
        int inboundSampledPerSecond,
        Propagation propagation,
        TraceSettings traces,
        @Nullable Consumer<byte[]> segmentDocuments,
        @Nullable Logs logs,
        Errors errors,
        boolean mdc,
        @Nullable Boolean xraySdkBridge,
        boolean platformDetection,
        boolean closeOnShutdown,
        Duration shutdownTimeout,
        DeliveryOptions delivery,
        Redactor redactor) {

    /** Where logs go. */
    record Logs(
            String group,
            String stream,
            @Nullable String region,
            @Nullable URI endpoint,
            boolean anonymous,
            LogOptions options) {}

    /** Where errors go; without a token, to the log. */
    record Errors(
            @Nullable String accessToken,
            @Nullable URI endpoint,
            @Nullable String codeVersion,
            @Nullable String region,
            ErrorOptions options,
            boolean installAppender) {
        @Override
        public String toString() {
            return "Errors[endpoint=" + endpoint + "]";
        }
    }
}
