package io.cruddur.obs;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** A way out for traces. Several may be used at once. */
public enum TraceExporter {
    /** Datagrams to the X-Ray daemon: the least cost, and nobody says whether they arrived. */
    UDP,

    /** Calls to the X-Ray daemon's TCP port, which passes them on and gives X-Ray's answer back; kept until it has. */
    ACKNOWLEDGED,

    /** Calls to X-Ray by the AWS SDK's client, which has to be on the class path; without a daemon. */
    API,

    /** OTLP over HTTP to an OpenTelemetry collector, or to X-Ray's own OTLP address. */
    OTLP;

    /**
     * Exporters of those names, separated by commas.
     *
     * @param setting where they were written, for the message
     * @throws IllegalArgumentException with the valid names, if one is none
     */
    public static Set<TraceExporter> parse(String setting, String names) {
        var exporters = new LinkedHashSet<TraceExporter>();
        for (String name : names.split(",", -1)) {
            exporters.add(one(setting, name.strip()));
        }
        return exporters;
    }

    private static TraceExporter one(String setting, String name) {
        for (TraceExporter exporter : values()) {
            if (exporter.name().equalsIgnoreCase(name)) {
                return exporter;
            }
        }
        throw new IllegalArgumentException(setting + " has '" + name
                + "'. Valid are udp, acknowledged, api and otlp, or several with commas between them.");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
