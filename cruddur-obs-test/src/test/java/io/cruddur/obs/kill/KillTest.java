package io.cruddur.obs.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import io.cruddur.obs.test.logs.Fault;
import io.cruddur.obs.test.logs.LogsReceiver;
import io.cruddur.obs.test.logs.ReceivedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * window of the spool's mode. The service fails now and then in the ways that services do. A few kills; a hundred with
 * {@code -Pthorough}.
 */
@Timeout(1_200)
class KillTest {
    private static final int KILLS = Boolean.getBoolean("thorough") ? 50 : 2;
    private static final Pattern EVENT =
            Pattern.compile("\"eventId\":\"([0-9a-f-]{36})\",\"message\":\"(\\d+:\\d+:\\d+)\"}");

    private final Path directory;
    private final Random random = new Random(20_261_123);
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Map<String, String> byEventId = new ConcurrentHashMap<>();
    private final Set<String> onDisk = new HashSet<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> sameIdForTwo = new ArrayList<>();
    private final Map<Integer, Long> killedAt = new TreeMap<>();

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
            recover(receiver, spool, mode);
        }
        assertThat(sameIdForTwo).isEmpty();
        int spooled = onDisk.size();
        onDisk.removeAll(byEventId.keySet());
        assertThat(onDisk).as("records that were on disk and never came").isEmpty();
        Map<Long, Integer> lostByAge = lostByAge();
        System.out.printf(
                "%s: %d kills, %d records arrived, %d were on disk at a kill, %d arrived twice; lost by age in 10 ms: %s%n",
                mode, KILLS, arrived.size(), spooled, twice.size(), lostByAge);
        // One hundred milliseconds of slack for a machine that has other work.
        long window = 100L + (mode == SpoolMode.WRITE_AHEAD ? 50 : 1_000L + 1_000L);
        assertThat(lostByAge.keySet()).as("milliseconds before the kill").allMatch(age -> age <= window);
    }

    private void killOne(LogsReceiver receiver, Path spool, SpoolMode mode, int run) throws Exception {
        Path times = directory.resolve("accepted" + run);
        var accepted = new Accepted(times);
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx256m",
                        KilledApplication.class.getName(),
                        receiver.endpoint().toString(),
                        spool.toString(),
                        mode.name(),
                        String.valueOf(run),
                        times.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output" + run).toFile())
                .start();
        try {
            long before = receiver.count();
            await().atMost(Duration.ofSeconds(30)).until(() -> accepted.millis(0, 1_000) != 0);
            if (mode == SpoolMode.OVERFLOW) {
                // Until then all is in memory, which needs no test.
                await().atMost(Duration.ofSeconds(30)).until(() -> receiver.count() > before);
            }
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
    private static void recover(LogsReceiver receiver, Path spool, SpoolMode mode) {
        try (Obs obs = KilledApplication.start(receiver.endpoint(), spool, mode)) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(obs.report().sinks().get(0).pending()).isZero();
                assertThat(eventIdsIn(spool)).isEmpty();
            });
            assertThat(obs.report().isComplete()).as("%s", obs.report()).isTrue();
        }
    }

    private void take(ReceivedEvent event) {
        Matcher found = EVENT.matcher(event.message());
        if (found.find()) {
            String message = found.group(2);
            arrived.add(message);
            String before = byEventId.put(found.group(1), message);
            if (before != null) {
                synchronized (twice) {
                    (before.equals(message) ? twice : sameIdForTwo).add(before);
                }
            }
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

    /** How many did not arrive, by how long before the kill they were logged, in tens of milliseconds. */
    private Map<Long, Integer> lostByAge() throws IOException {
        var lost = new TreeMap<Long, Integer>();
        for (Map.Entry<Integer, Long> kill : killedAt.entrySet()) {
            var accepted = new Accepted(directory.resolve("accepted" + kill.getKey()));
            for (int thread = 0; thread < Accepted.THREADS; thread++) {
                for (int i = 0; i < Accepted.MOST && accepted.millis(thread, i) != 0; i++) {
                    if (!arrived.contains(kill.getKey() + ":" + thread + ":" + i)) {
                        long age = Math.max(0, kill.getValue() - accepted.millis(thread, i));
                        lost.merge(age / 10 * 10, 1, Integer::sum);
                    }
                }
            }
        }
        return lost;
    }
}
