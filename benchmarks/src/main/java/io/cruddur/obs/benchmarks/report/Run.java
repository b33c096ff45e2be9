package io.cruddur.obs.benchmarks.report;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What JMH wrote with {@code -rf json -prof gc}.
 *
 * @param jdk the version of the JDK that was measured
 * @param results in the order of the file
 */
record Run(String jdk, List<Result> results) {

    static Run read(File file) {
        JsonNode rows = JsonMapper.shared().readTree(file);
        List<Result> results = new ArrayList<>();
        for (JsonNode row : rows) {
            results.add(result(row));
        }
        if (results.isEmpty()) {
            throw new IllegalArgumentException("No benchmark was measured; see the run's log.");
        }
        return new Run(rows.get(0).path("jdkVersion").asString(), results);
    }

    private static Result result(JsonNode row) {
        String[] path = row.path("benchmark").asString().split("\\.", -1);
        // The class is the first part with a capital; an inner class behind it only sets the threads.
        String section = Arrays.stream(path)
                .filter(part -> Character.isUpperCase(part.charAt(0)))
                .findFirst()
                .orElseThrow();
        int size = row.path("threads").asInt();
        for (JsonNode parameter : row.path("params")) {
            size = Integer.parseInt(parameter.asString());
        }
        double score = median(row.path("primaryMetric"));
        double bytes = median(row.path("secondaryMetrics").path("gc.alloc.rate.norm"));
        return new Result(section, path[path.length - 1], size, score, bytes);
    }

    private static double median(JsonNode metric) {
        double[] values = metric.path("rawData")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .mapToDouble(JsonNode::asDouble)
                .sorted()
                .toArray();
        int middle = values.length / 2;
        return values.length % 2 == 1
                ? values[middle]
                : DoubleStream.of(values[middle - 1], values[middle]).average().orElseThrow();
    }

    /** The results of one class. */
    List<Result> of(Section section) {
        return results.stream()
                .filter(result -> result.section().equals(section.benchmark()))
                .toList();
    }

    /** 17 of 17.0.15. */
    int jdkMajor() {
        return Runtime.Version.parse(jdk).feature();
    }
}
