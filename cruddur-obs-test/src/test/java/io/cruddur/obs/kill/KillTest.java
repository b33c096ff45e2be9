package io.cruddur.obs.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.test.logs.ReceivedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SIGKILL: no record that was on disk is ever lost, whenever it comes; what was lost before it got there lies inside the
 * window of the spool's mode, and what comes twice after it is one batch at most. The service fails now and then in the ways that services do. A few kills; a hundred with
 * {@code -Pthorough}.
 */
@Timeout(1_200)
class KillTest {
    private static final int KILLS = Boolean.getBoolean("thorough") ? 50 : 2;
    /** The most that the service takes at once, and what it adds to each event when it counts. */
    private static final long BATCH_BYTES = 1_048_576;

    private static final int EVENT_BYTES = 26;
    private static final Pattern EVENT =
            Pattern.compile("\"eventId\":\"([0-9a-f-]{36})\",\"message\":\"(\\d+:\\d+:\\d+)\"}");

    private final Path directory;
    private final Random random = new Random(20_261_123);
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Map<String, Arrival> byEventId = new ConcurrentHashMap<>();
    private final Set<String> onDisk = new HashSet<>();
    /** How many came again from the process that had sent them: the answer was lost, and they were retried. */
    private int retried;
    /** The bytes, as the service counts them, of what came from a killed process and again from one after it. */
    private final Map<Integer, Long> takenOverTwice = new TreeMap<>();

    private final List<String> sameIdForTwo = new ArrayList<>();
    private final Map<Integer, Long> killedAt = new TreeMap<>();

    /** What came, and which process has sent it last. */
    private record Arrival(String message, int run) {}

    KillTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE_AHEAD", "OVERFLOW"})
    void noSpooledRecordIsLostWhenTheProcessIsKilled(SpoolMode mode) throws Exception {
        Path spool = directory.resolve("spool");
        try (var receiver = LogsReceiver.handingTo(this::take)) {
            for (int run = 0; run < KILLS; run++) {
                killOne(receiver, spool, mode, run);
            }
            receiver.failNoMore();
            recover(receiver, spool, mode, KILLS);
        }
        assertThat(sameIdForTwo).isEmpty();
        int spooled = onDisk.size();
        onDisk.removeAll(byEventId.keySet());
        assertThat(onDisk).as("records that were on disk and never came").isEmpty();
        Map<Long, Integer> lostByAge = lostByAge();
        System.out.printf(
                "%s: %d kills, %d records arrived, %d were on disk at a kill, %d came again by a retry; "
                        + "bytes that came again after a kill: %s; lost by age in 10 ms: %s%n",
                mode, KILLS, arrived.size(), spooled, retried, takenOverTwice, lostByAge);
        assertThat(takenOverTwice.values())
                .as("bytes that came twice because of one kill")
                .allMatch(bytes -> bytes <= BATCH_BYTES);
        // One hundred milliseconds of slack, for what had come together in a stall is then brought to the disk at once.
        long window = 100L + (mode == SpoolMode.WRITE_AHEAD ? 50 : 1_000L + 1_000L);
        assertThat(lostByAge.keySet())
                .as("milliseconds before the kill, without those in which the machine held the process up")
                .allMatch(age -> age <= window);
    }

    private void killOne(LogsReceiver receiver, Path spool, SpoolMode mode, int run) throws Exception {
        // Those that the last one did not meet: each costs a back-off that is longer than the one before.
        receiver.failNoMore();
        Path times = directory.resolve("accepted" + run);
        var accepted = new Accepted(times);
        Process process = new ProcessBuilder(Child.command(
                        KilledApplication.class,
                        "-Xmx256m",
                        receiver.endpoint().toString(),
                        spool.toString(),
                        mode.name(),
                        String.valueOf(run),
                        times.toString(),
                        stalls(run).toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output" + run).toFile())
                .start();
        try {
            long before = receiver.count();
            await().atMost(Duration.ofSeconds(30)).until(() -> accepted.millis(0, 1_000) != 0);
            // Until then nothing is in memory alone, or nothing is acknowledged: that needs no test.
            await().atMost(Duration.ofSeconds(30)).until(() -> receiver.count() > before);
            int moment = random.nextInt(3_000);
            for (int waited = 0; waited < moment; waited += 100) {
                receiver.failNext(random.nextInt(2), fault());
                // The random moment itself, not a wait for something.
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
            assertThat(process.isAlive())
                    .as("%s", directory.resolve("output" + run))
                    .isTrue();
        } finally {
            killedAt.put(run, System.currentTimeMillis());
            process.destroyForcibly();
            process.waitFor();
        }
        onDisk.addAll(eventIdsIn(spool));
    }

    private Path stalls(int run) {
        return directory.resolve("stalls" + run);
    }

    private Fault fault() {
        return switch (random.nextInt(6)) {
            case 0 -> Fault.throttled();
            case 1 -> Fault.error(503, "ServiceUnavailableException");
            case 2 -> Fault.reset();
            case 3 -> Fault.resetAfterTaking();
            case 4 -> Fault.hang();
            default -> Fault.answer(200, "text/html", "<html>");
        };
    }

    /** The next process, which lives. */
    private static void recover(LogsReceiver receiver, Path spool, SpoolMode mode, int run) {
        try (Obs obs = KilledApplication.start(receiver.endpoint(), spool, mode, String.valueOf(run))) {
            // A file may be removed between its directory and itself: it was not all there, and is looked for again.
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsMatching(
                            e -> e instanceof NoSuchFileException || e instanceof UncheckedIOException)
                    .untilAsserted(() -> {
                        assertThat(obs.report().sinks().get(0).pending()).isZero();
                        assertThat(eventIdsIn(spool)).isEmpty();
                    });
            assertThat(obs.report().isComplete()).as("%s", obs.report()).isTrue();
        }
    }

    private synchronized void take(ReceivedEvent event) {
        Matcher found = EVENT.matcher(event.message());
        if (!found.find()) {
            return;
        }
        String message = found.group(2);
        int run = Integer.parseInt(event.stream());
        arrived.add(message);
        Arrival before = byEventId.put(found.group(1), new Arrival(message, run));
        if (before == null) {
            return;
        }
        if (!before.message().equals(message)) {
            sameIdForTwo.add(before.message());
        } else if (before.run() == run) {
            retried++;
        } else {
            // A call of the killed one may be read after one of its successor's.
            takenOverTwice.merge(
                    Math.min(before.run(), run), (long) event.message().length() + EVENT_BYTES, Long::sum);
        }
    }

    /** Found by their text alone: a message stands at the end of its line, so what has one was written whole. */
    private static Set<String> eventIdsIn(Path spool) throws IOException {
        var ids = new HashSet<String>();
        if (!Files.exists(spool)) {
            return ids;
        }
        try (Stream<Path> files = Files.walk(spool)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".seg")).toList()) {
                Matcher id = EVENT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
                while (id.find()) {
                    ids.add(id.group(1));
                }
            }
        }
        return ids;
    }

    /**
     * How many did not arrive, by how long before the kill they were logged, in tens of milliseconds. Time in which the
     * thread that would have brought them to safety was not let is not counted.
     */
    private Map<Long, Integer> lostByAge() throws IOException {
        var lost = new TreeMap<Long, Integer>();
        for (Map.Entry<Integer, Long> kill : killedAt.entrySet()) {
            var accepted = new Accepted(directory.resolve("accepted" + kill.getKey()));
            var stalls = new Stalls(stalls(kill.getKey()));
            for (int thread = 0; thread < Accepted.THREADS; thread++) {
                for (int i = 0; i < Accepted.MOST && accepted.millis(thread, i) != 0; i++) {
                    if (!arrived.contains(kill.getKey() + ":" + thread + ":" + i)) {
                        long at = accepted.millis(thread, i);
                        long age = Math.max(0, kill.getValue() - at - stalls.millisBetween(at, kill.getValue()));
                        lost.merge(age / 10 * 10, 1, Integer::sum);
                    }
                }
            }
        }
        return lost;
    }
}
