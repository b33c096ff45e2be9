package io.cruddur.obs.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ReportTest {
    private static final Machine MACHINE = new Machine("1 May 2030", "A <fast> & new CPU", 2);

    private static final Run RUN = new Run(
            "25.0.1",
            List.of(
                    new Result("P1TracedRequest", "brave", 1, 1_234.4, 3_100),
                    new Result("P1TracedRequest", "cruddurObs", 1, 400, 640),
                    new Result("P10Spans", "cruddurObs", 100, 10_000, 12_000),
                    new Result("P10Spans", "cruddurObs", 10, 1_000, 1_200)));

    @Test
    void comparesPeersWithOursAndPutsOursFirst() {
        assertThat(new Markdown().write(RUN, MACHINE, "chart.svg"))
                .containsSubsequence(
                        "| Cruddur Obs | 400 | 640 | 1.0× |", "| Brave, not exported | 1,234 | 3,100 | 3.1× |");
    }

    @Test
    void sharesGrowingWorkOutOverItsSizeInItsOrder() {
        assertThat(new Markdown().write(RUN, MACHINE, "chart.svg"))
                .containsSubsequence("| 10 | 100 | 120 |", "| 100 | 100 | 120 |");
    }

    @Test
    void saysWithWhichJdkItWasRun() {
        assertThat(new Markdown().write(RUN, MACHINE, "chart.svg")).contains("JAVA_HOME=<a JDK 25> benchmarks/compare");
    }

    @Test
    void drawsTheFastestFirstAndEscapesWhatItIsGiven() {
        assertThat(Chart.draw(RUN, MACHINE))
                .contains("A &lt;fast> &amp; new CPU")
                .containsSubsequence("Cruddur Obs", "400 ns", "Brave", "1,234 ns (3.1×)");
    }
}
