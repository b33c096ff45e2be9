package io.cruddur.obs.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables. */
final class Markdown {
    private final StringBuilder text = new StringBuilder();

    String write(Run run, Machine machine, String chart) {
        line("# What tracing costs, beside its peers");
        line("");
        line("![P1 and P2 as bars](" + chart + ")");
        line("");
        line("Measured on " + machine.date() + " with JDK " + run.jdk() + " on " + machine.cpu() + " ("
                + machine.cores() + " cores), all rows in one run of about eight minutes:");
        line("");
        line("```");
        line(
                run.jdkMajor() == 17
                        ? "benchmarks/compare"
                        : "JAVA_HOME=<a JDK " + run.jdkMajor() + "> benchmarks/compare");
        line("```");
        line("");
        line(
                "JMH with one fork a row and a heap of 2 GB that does not grow; medians of the iterations. B is what *all*");
        line(
                "threads allocate for one operation, so ours and OpenTelemetry's have the sending thread's share in them. A loop");
        line(
                "without a pause makes more traces than any sink takes: ours and OpenTelemetry drop (and ours counts) what their");
        line("queues cannot hold, while the X-Ray SDK sends on the caller's thread. × is the time against ours.");
        for (Section section : Section.ALL) {
            List<Result> results = run.of(section);
            if (!results.isEmpty()) {
                section(section, results);
            }
        }
        return text.toString();
    }

    private void section(Section section, List<Result> results) {
        line("");
        line("## " + section.title());
        line("");
        line(section.text());
        line("");
        if (section.size() == null) {
            compared(section, results);
        } else {
            growing(section, section.size(), results);
        }
    }

    private void compared(Section section, List<Result> results) {
        Optional<Result> ours =
                results.stream().filter(r -> r.peer().equals(Labels.OURS)).findFirst();
        line("| | " + section.unit() + " | B |" + (ours.isPresent() ? " × |" : ""));
        line("|---|--:|--:|" + (ours.isPresent() ? "--:|" : ""));
        results.stream()
                .sorted(Comparator.comparing((Result r) -> !Labels.isOurs(r)).thenComparing(Result::score))
                .forEach(r -> {
                    String ratio = ours.map(o -> " " + Figures.times(r.score() / o.score()) + " |")
                            .orElse("");
                    line("| " + Labels.of(r) + " | " + Figures.plain(r.score()) + " | " + Figures.plain(r.bytes())
                            + " |" + ratio);
                });
    }

    private void growing(Section section, String size, List<Result> results) {
        Map<String, String> peers = new LinkedHashMap<>();
        Map<Integer, Map<String, Result>> rows = new TreeMap<>();
        for (Result r : results) {
            peers.put(r.peer(), Labels.of(r));
            rows.computeIfAbsent(r.size(), unused -> new LinkedHashMap<>()).put(r.peer(), r);
        }
        List<String> head = new ArrayList<>(List.of(size));
        peers.values().forEach(label -> head.addAll(List.of(label + ", " + section.unit(), "B")));
        line("| " + String.join(" | ", head) + " |");
        line("|" + "--:|".repeat(head.size()));
        rows.forEach((at, row) -> {
            List<String> cells = new ArrayList<>(List.of(Figures.whole(at)));
            int share = section.eachOfSize() ? at : 1;
            for (String peer : peers.keySet()) {
                Result r = row.get(peer);
                cells.add(r == null ? "" : Figures.plain(r.score() / share));
                cells.add(r == null ? "" : Figures.plain(r.bytes() / share));
            }
            line("| " + String.join(" | ", cells) + " |");
        });
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
