package io.cruddur.obs.benchmarks.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * P7 and P8: what each variant answers in a second beside the untraced one, how late the 99th of a hundred is where all
 * have the same to do, and how long each takes to its first answer. In each round every variant runs once, beside nothing
 * else, so that a machine that grows slower is slower for all.
 */
public final class CompareWeb {
    private static final double WARM_UP = 3;

    private record Figures(List<Double> perSecond, List<Double> share, List<Double> p99, List<Double> ready) {
        Figures() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Path directory;
    private final int rounds;
    private final double seconds;
    private final Map<String, Figures> figures = new LinkedHashMap<>();
    private final Map<String, String> words = new LinkedHashMap<>();
    private double paced;

    private CompareWeb(Path directory, int rounds, double seconds) {
        this.directory = directory;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** Arguments: where the class paths are, the file for the tables, rounds, and seconds of each measurement. */
    public static void main(String[] args) throws Exception {
        var compare = new CompareWeb(Path.of(args[0]), Integer.parseInt(args[2]), Double.parseDouble(args[3]));
        try (var sinks = new Sinks()) {
            compare.run(Variant.all(sinks.udpPort(), sinks.httpPort()), sinks);
        }
        Files.writeString(Path.of(args[1]), compare.tables());
        System.out.println(compare.tables());
    }

    private void run(List<Variant> variants, Sinks sinks) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            double untraced = 0;
            for (Variant variant : variants) {
                double perSecond = measure(variant, untraced, sinks);
                untraced = variant.label().equals(Variant.UNTRACED) ? perSecond : untraced;
                System.out.printf(Locale.ROOT, "round %d  %-40s %8.0f /s%n", round, variant.label(), perSecond);
            }
        }
    }

    private double measure(Variant variant, double untraced, Sinks sinks) throws Exception {
        Figures of = figures.computeIfAbsent(variant.label(), label -> new Figures());
        var application = new RunningApplication(variant, directory);
        double perSecond;
        try (application) {
            of.ready.add(application.secondsToReady());
            Load load = application.load();
            // On two cores that are busy the compiler needs this long: what is measured before is the interpreter.
            load.run(WARM_UP * seconds, 0);
            sinks.take();
            perSecond = load.run(seconds, 0).perSecond();
            if (paced == 0) {
                // A third of what the untraced one has answered: each of the others can do that too.
                paced = perSecond / 3;
            }
            of.p99.add(load.run(seconds / 2, paced).p99Micros());
        }
        of.perSecond.add(perSecond);
        of.share.add(untraced == 0 ? 1 : perSecond / untraced);
        words.put(variant.label(), sinks.take() + ". " + application.lastWords());
        return perSecond;
    }

    private String tables() {
        var text = new StringBuilder("# A web application, traced\n\n");
        text.append(String.format(
                Locale.ROOT,
                "Spring Boot MVC on Tomcat, one constant JSON answer, 8 connections in a closed loop, %s, %d cores, JDK %s; "
                        + "telemetry to a sink on loopback that throws it away. Medians of %d rounds of %.0f s; the share is of "
                        + "the untraced variant in the same round. p99 at %.0f requests a second for all. `benchmarks/web/compare`.%n%n",
                System.getProperty("os.name"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                rounds,
                seconds,
                paced));
        text.append("| | requests/s | share of untraced | p99, µs | time to ready, s |\n|---|--:|--:|--:|--:|\n");
        figures.forEach((label, of) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.0f | %.2f |%n",
                label,
                median(of.perSecond),
                median(of.share),
                median(of.p99),
                median(of.ready))));
        text.append("\nWhat came to the sink in the last round, and what the variant said of it:\n\n");
        words.forEach((label, said) -> text.append("- ")
                .append(label)
                .append(": ")
                .append(said.strip())
                .append('\n'));
        return text.toString();
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
