package io.cruddur.obs;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which ways traces take: {@code builder.traces(traces -> ...)}. Used by one thread. */
public final class TraceOptions {
    private Set<TraceExporter> exporters = Set.of();
    private @Nullable URI xrayEndpoint;

    TraceOptions() {}

    /**
     * Which ways out are used, one or several. Unset it is {@link TraceExporter#UDP} where a daemon's address is set. A
     * daemon whose address is not set is expected at 127.0.0.1:2000.
     */
    @CanIgnoreReturnValue
    public TraceOptions exporters(TraceExporter... ways) {
        return exporters(new LinkedHashSet<>(List.of(ways)));
    }

    @CanIgnoreReturnValue
    TraceOptions exporters(Set<TraceExporter> ways) {
        exporters = ways;
        return this;
    }

    /** Another address of X-Ray's API than its region's, for {@link TraceExporter#API}; null for that of the region. */
    @CanIgnoreReturnValue
    public TraceOptions xrayEndpoint(@Nullable URI endpoint) {
        xrayEndpoint = ObsBuilder.http("xrayEndpoint", endpoint);
        return this;
    }

    Set<TraceExporter> exporters() {
        return exporters;
    }

    @Nullable URI xrayEndpoint() {
        return xrayEndpoint;
    }
}
