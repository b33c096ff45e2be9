package io.cruddur.obs.spring.actuate;

import io.cruddur.obs.Obs;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/obs}: what became of everything. Reads only, and holds no address, no name of a user and no token. */
@Endpoint(id = "obs")
final class ObsEndpoint {
    private final Obs obs;
    private final String mode;

    ObsEndpoint(Obs obs, String mode) {
        this.obs = obs;
        this.mode = mode.toLowerCase(Locale.ROOT);
    }

    @ReadOperation
    Map<String, Object> report() {
        var sinks = new LinkedHashMap<String, Object>();
        SinkDetails.sinks(obs).forEach(sink -> sinks.put(sink.name(), SinkDetails.of(sink)));
        var report = new LinkedHashMap<String, Object>();
        report.put("mode", mode);
        report.put("service", obs.service());
        report.put("sinks", sinks);
        report.put("adjustments", obs.adjustments());
        report.put("ignoredTraceHeaders", obs.ignoredTraceHeadersByName());
        report.put("openRoots", obs.openRoots().size());
        return report;
    }
}
