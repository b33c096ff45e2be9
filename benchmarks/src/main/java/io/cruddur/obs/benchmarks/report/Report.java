package io.cruddur.obs.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the tables and the chart of a run. JDK 17's are the ones without a suffix. */
public final class Report {
    private Report() {}

    /** Takes JMH's JSON file and the directory to write to. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("Usage: Report <JMH's result file> <directory>");
            System.exit(2);
        }
        Run run = Run.read(Path.of(args[0]).toFile());
        Machine machine = Machine.here();
        String name = run.jdkMajor() == 17 ? "latest" : "latest-jdk" + run.jdkMajor();
        Path directory = Files.createDirectories(Path.of(args[1]));
        Path table = directory.resolve(name + ".md");
        Path chart = directory.resolve(name + ".svg");
        Files.writeString(table, new Markdown().write(run, machine, name + ".svg"));
        Files.writeString(chart, Chart.draw(run, machine));
        System.out.println("Written: " + table + " and " + chart);
    }
}
