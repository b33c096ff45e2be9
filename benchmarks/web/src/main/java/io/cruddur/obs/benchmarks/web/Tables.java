package io.cruddur.obs.benchmarks.web;

import java.util.List;
import java.util.Locale;

/** The page that the figures are published on. */
final class Tables {
    private Tables() {}

    static String of(List<Contender> contenders, int rounds, double seconds, double paced) {
        var text = new StringBuilder("# A web application, traced\n\n");
        text.append(String.format(
                Locale.ROOT,
                "Spring Boot MVC on Tomcat, one constant JSON answer, 8 connections in a closed loop, %s, %d cores, JDK %s; "
                        + "telemetry to a sink on loopback that throws it away. All variants run at once and are measured in turn: "
                        + "medians of %d rounds of %.0f s; the share is of the untraced variant in the same round. "
                        + "CPU is what the application's process has had of it for each request. p99 at %.0f requests a second for "
                        + "all. `benchmarks/web/compare`.%n%n",
                System.getProperty("os.name"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                rounds,
                seconds,
                paced));
        text.append("| | requests/s | share of untraced | CPU, µs a request | p99, µs | time to ready, s |\n");
        text.append("|---|--:|--:|--:|--:|--:|\n");
        for (Contender of : contenders) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %.2f | %.0f | %.0f | %.2f |%n",
                    of.label(),
                    of.perSecond(),
                    of.share(),
                    of.cpuMicros(),
                    of.p99Micros(),
                    of.secondsToReady()));
        }
        text.append("\nWhat came to the sinks, warming up included, and what the variant said of it:\n\n");
        for (Contender of : contenders) {
            text.append("- ").append(of.label()).append(": ").append(of.sent()).append('\n');
        }
        return text.toString();
    }
}
