package io.cruddur.obs.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * P1 and P2 as bars. The scale is logarithmic, because the slowest takes hundreds of times as long as the fastest; each
 * bar says its figure. It paints its own ground, so that it can be read on a light page and on a dark one.
 */
final class Chart {
    private static final int WIDTH = 880;
    private static final int LEFT = 352;
    private static final int RIGHT = 728;
    private static final int ROW = 28;
    private static final int PANEL_HEAD = 62;
    private static final double LOWEST = 10;

    private static final String STYLE = """
            text{font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:13px;fill:#1f2933}
            .ground{fill:#ffffff}.grid{stroke:#d5dbe1}.bar{fill:#8795a5}.ours{fill:#0b69c7}
            .title{font-size:18px;font-weight:600}.panel{font-size:14px;font-weight:600}.small{font-size:11px;fill:#52606d}
            .mine{font-weight:600}
            @media(prefers-color-scheme:dark){text{fill:#e4e9ef}.ground{fill:#12181f}.grid{stroke:#33404d}
            .bar{fill:#74849a}.ours{fill:#58a6ff}.small{fill:#a5b3c2}}
            """;

    private final StringBuilder svg = new StringBuilder();
    private final double highest;

    private Chart(Run run) {
        double slowest = Stream.concat(run.of(Section.P1).stream(), run.of(Section.P2).stream())
                .mapToDouble(Result::score)
                .max()
                .orElse(LOWEST);
        // The next power of ten, so that the grid ends with a line.
        highest = Math.pow(10, Math.max(3, Math.ceil(Math.log10(slowest))));
    }

    static String draw(Run run, Machine machine) {
        return new Chart(run).drawn(run, machine);
    }

    private String drawn(Run run, Machine machine) {
        int p1 = 94;
        int p2 = p1 + PANEL_HEAD + ROW * run.of(Section.P1).size();
        int height = p2 + PANEL_HEAD + ROW * run.of(Section.P2).size();
        String title = "What tracing one request costs its thread";
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, height, title));
        svg.append("<style>").append(STYLE).append("</style>\n");
        svg.append(format("<rect class=\"ground\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n", WIDTH, height));
        text(24, 34, "title", "", title);
        text(
                24,
                56,
                "small",
                "",
                "Nanoseconds a request, logarithmic: each line is ten times the one before. Shorter is better.");
        text(
                24,
                72,
                "small",
                "",
                "JDK " + run.jdk() + ", " + machine.cpu() + ", " + machine.cores() + " cores, " + machine.date());
        panel(p1, "Sampled: root, 3 spans, 6 annotations, 3 metadata", run.of(Section.P1));
        panel(p2, "Not sampled: ids only", run.of(Section.P2));
        return svg.append("</svg>\n").toString();
    }

    private void panel(int top, String title, List<Result> results) {
        text(24, top + 14, "panel", "", title);
        int bottom = top + 44 + ROW * results.size();
        for (double tick = LOWEST; tick <= highest; tick *= 10) {
            int x = x(tick);
            svg.append(
                    format("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n", x, x, top + 40, bottom));
            text(x, top + 34, "small", "middle", Figures.whole((int) tick));
        }
        double ours = results.stream()
                .filter(r -> r.peer().equals(Labels.OURS))
                .mapToDouble(Result::score)
                .findFirst()
                .orElse(Double.NaN);
        int y = top + 44;
        for (Result r : results.stream()
                .sorted(Comparator.comparingDouble(Result::score))
                .toList()) {
            bar(y, r, ours);
            y += ROW;
        }
    }

    private void bar(int y, Result r, double ours) {
        boolean mine = Labels.isOurs(r);
        int end = x(r.score());
        text(LEFT - 10, y + 17, mine ? "mine" : "", "end", shortened(Labels.of(r)));
        svg.append(format(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" rx=\"2\"/>%n",
                mine ? "ours" : "bar", LEFT, y + 4, Math.max(2, end - LEFT)));
        String times = mine ? "" : " (" + Figures.times(r.score() / ours) + ")";
        text(end + 8, y + 17, mine ? "mine" : "", "", Figures.plain(r.score()) + " ns" + times);
    }

    /** The table says in full what the chart has no room for. */
    private static String shortened(String label) {
        return label.replace(" on OpenTelemetry, not exported", ", not exported");
    }

    private int x(double value) {
        double share = Math.log10(Math.max(LOWEST, value) / LOWEST) / Math.log10(highest / LOWEST);
        return (int) Math.round(LEFT + share * (RIGHT - LEFT));
    }

    private void text(int x, int y, String style, String anchor, String text) {
        String at = anchor.isEmpty() ? "" : format(" text-anchor=\"%s\"", anchor);
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        svg.append(format("<text class=\"%s\" x=\"%d\" y=\"%d\"%s>%s</text>%n", style, x, y, at, escaped));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
