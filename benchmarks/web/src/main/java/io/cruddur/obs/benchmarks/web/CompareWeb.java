package io.cruddur.obs.benchmarks.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * P7 and P8: what each variant answers in a second beside the untraced one and what a request costs it, how late the 99th of
 * a hundred is where all have the same to do, and how long each takes to its first answer.
 *
 * <p>All are warm and idle while one is measured, a few seconds at a time and one after the other in each round. A machine
 * that is shared with others is faster at one time than at another, by more than what is looked for here: a share is of the
 * untraced variant's figure of seconds ago, and not of minutes ago.
 */
public final class CompareWeb {
    private static final int STARTS = 3;
    private static final double WARM_UP = 30;
    private static final int PACED_ROUNDS = 3;

    private final Path directory;
    private final int rounds;
    private final double seconds;
    private final List<Contender> contenders = new ArrayList<>();

    private CompareWeb(Path directory, int rounds, double seconds) {
        this.directory = directory;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** Arguments: where the class paths are, the file for the tables, rounds, and seconds of each measurement. */
    public static void main(String[] args) throws Exception {
        var compare = new CompareWeb(Path.of(args[0]), Integer.parseInt(args[2]), Double.parseDouble(args[3]));
        String tables = compare.run();
        Files.writeString(Path.of(args[1]), tables);
        System.out.println(tables);
    }

    private String run() throws Exception {
        try {
            for (Variant variant : Variant.all()) {
                contenders.add(new Contender(variant, directory));
            }
            measureStarts();
            warmUp();
            measureThroughput();
            double perSecond = measurePaced();
            for (Contender contender : contenders) {
                contender.stop();
            }
            return Tables.of(contenders, rounds, seconds, perSecond);
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
        }
    }

    private void measureStarts() throws IOException {
        for (int round = 1; round <= STARTS; round++) {
            for (Contender contender : contenders) {
                contender.start();
                contender.stop();
            }
            say("started all, round %d of %d", round, STARTS);
        }
    }

    /** On two cores that are busy the compiler needs this long: what is measured before is the interpreter. */
    private void warmUp() throws Exception {
        for (Contender contender : contenders) {
            contender.start();
            contender.warmUp(WARM_UP);
            say("%s is warm", contender.label());
        }
    }

    private void measureThroughput() throws Exception {
        for (int round = 1; round <= rounds; round++) {
            double untraced = contenders.get(0).measure(seconds, 0);
            for (Contender contender : contenders.subList(1, contenders.size())) {
                contender.measure(seconds, untraced);
            }
            say("round %d of %d, untraced %.0f requests/s", round, rounds, untraced);
        }
    }

    /** At a third of what the untraced one answers, which each of the others can do too. */
    private double measurePaced() throws Exception {
        double perSecond = contenders.get(0).perSecond() / 3;
        for (int round = 1; round <= PACED_ROUNDS; round++) {
            for (Contender contender : contenders) {
                contender.measurePaced(seconds, perSecond);
            }
            say("paced round %d of %d", round, PACED_ROUNDS);
        }
        return perSecond;
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
