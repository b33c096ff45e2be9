package io.cruddur.obs.delivery.spool;

import static io.cruddur.obs.delivery.spool.Spools.part;
import static io.cruddur.obs.delivery.spool.Spools.record;
import static io.cruddur.obs.delivery.spool.Spools.takeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.RecordStore;
import io.cruddur.obs.delivery.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private final Path base;

    SpoolTest(@TempDir Path base) {
        this.base = base;
    }

    @Test
    void whatIsKeptComesBackAsItWasInItsOrder() {
        Spool spool = Spools.in(base);
        EncodedRecord first = new EncodedRecord(
                UUID.randomUUID(), System.currentTimeMillis(), Severity.ERROR, true, new byte[] {1, 0, -1});
        EncodedRecord second = record("");
        assertThat(spool.append(List.of(first, second))).isEqualTo(2);
        assertThat(spool.records()).isEqualTo(2);
        EncodedRecord back = spool.peek();
        assertThat(back).usingRecursiveComparison().isEqualTo(first);
        spool.take();
        assertThat(spool.peek()).usingRecursiveComparison().isEqualTo(second);
        spool.take();
        assertThat(spool.peek()).isNull();
        spool.acknowledge(2);
        assertThat(spool.records()).isZero();
        spool.close();
    }

    @Test
    void nothingIsMadeBeforeTheFirstRecordAndNothingIsLeftAfterTheLast() throws IOException {
        Spool spool = Spools.in(base);
        assertThat(spool.hasUnread()).isFalse();
        assertThat(base).isEmptyDirectory();
        spool.append(List.of(record("a")));
        assertThat(Spools.segments(base)).hasSize(1);
        takeAll(spool);
        spool.acknowledge(1);
        assertThat(Spools.segments(base)).isEmpty();
        spool.append(List.of(record("b")));
        assertThat(takeAll(spool)).containsExactly("b");
        spool.acknowledge(1);
        spool.close();
        assertThat(base.resolve("service/sink")).isEmptyDirectory();
    }

    @Test
    void onlyItsUserMayReadIt() throws IOException {
        Spool spool = Spools.in(base);
        spool.append(List.of(record("a")));
        try (Stream<Path> all = Files.walk(base)) {
            for (Path path : (Iterable<Path>) all.filter(p -> !p.equals(base))::iterator) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as("%s", path)
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
        spool.close();
    }

    @Test
    void anotherProcessGoesOnWhereADeadOneStopped() {
        Spool dead = Spools.in(base);
        dead.append(texts(0, 10));
        dead.peek();
        for (int i = 0; i < 6; i++) {
            dead.peek();
            dead.take();
        }
        dead.acknowledge(4);
        dead.close();
        Spool next = Spools.in(base);
        RecordStore<EncodedRecord> orphan = onlyOrphan(next);
        assertThat(orphan.records()).isEqualTo(6);
        assertThat(takeAll(orphan)).containsExactly("4", "5", "6", "7", "8", "9");
        orphan.acknowledge(6);
        orphan.close();
        assertThat(base.resolve("service/sink")).isEmptyDirectory();
        assertThat(next.adopt()).isEmpty();
    }

    @Test
    void whatALivingProcessHoldsIsLeftToIt() {
        Spool living = Spools.in(base);
        living.append(texts(0, 3));
        assertThat(Spools.in(base).adopt()).isEmpty();
        assertThat(takeAll(living)).containsExactly("0", "1", "2");
        living.close();
        assertThat(Spools.in(base).adopt()).hasSize(1);
    }

    @Test
    void segmentsFollowEachOtherAndGoWhenTheyAreSettled() throws IOException {
        Spool spool = Spools.in(base);
        var big = "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            assertThat(spool.append(List.of(record(i + big)))).isEqualTo(1);
        }
        assertThat(Spools.segments(base)).hasSize(3);
        assertThat(takeAll(spool)).hasSize(20);
        spool.acknowledge(9);
        assertThat(Spools.segments(base)).hasSize(2);
        spool.acknowledge(11);
        assertThat(Spools.segments(base)).isEmpty();
        spool.close();
    }

    @Test
    void aFullSpoolTakesNothingMoreUntilThereIsRoom() {
        Spool spool = Spools.in(base, 1 << 20);
        List<EncodedRecord> many = IntStream.range(0, 20)
                .mapToObj(i -> record(i + "x".repeat(100_000)))
                .toList();
        int kept = spool.append(many);
        assertThat(kept).isEqualTo(10);
        assertThat(spool.refusals()).isEqualTo(1);
        assertThat(spool.records()).isEqualTo(10);
        assertThat(takeAll(spool)).hasSize(10);
        spool.acknowledge(10);
        await().until(() -> spool.append(List.of(many.get(10))) == 1);
        spool.close();
    }

    @Test
    void theBoundHoldsForWhatWasTakenOverAsWell() {
        Spool dead = Spools.in(base, 1 << 20);
        dead.append(List.of(record("x".repeat(900_000))));
        dead.close();
        Spool next = Spools.in(base, 1 << 20);
        assertThat(next.bytes()).isZero();
        RecordStore<EncodedRecord> orphan = onlyOrphan(next);
        assertThat(next.bytes() + orphan.bytes()).as("counted once").isBetween(900_000L, 1L << 20);
        assertThat(next.append(List.of(record("y".repeat(200_000))))).isZero();
        takeAll(orphan);
        orphan.acknowledge(1);
        orphan.close();
        assertThat(next.bytes()).isZero();
        await().until(() -> next.append(List.of(record("y".repeat(200_000)))) == 1);
        next.close();
    }

    @Test
    void whatIsHeldInMemoryIsNotReadAgainButKeptUntilItIsSettled() {
        Spool spool = Spools.in(base);
        assertThat(spool.appendTaken(texts(0, 3))).isEqualTo(3);
        spool.append(texts(3, 5));
        assertThat(takeAll(spool)).containsExactly("3", "4");
        spool.acknowledge(1);
        assertThat(spool.records()).isEqualTo(4);
        spool.close();
        Spool next = Spools.in(base);
        assertThat(takeAll(onlyOrphan(next))).containsExactly("1", "2", "3", "4");
    }

    @Test
    void whatIsTooOldIsLostAndCounted() {
        Map<String, Long> lost = new HashMap<>();
        var spool = new Spool(new SpoolSettings(base, Spools.NAMES, 1 << 20, Duration.ofDays(13)));
        spool.start((reason, records) -> lost.merge(reason, records, Long::sum), (reason, records) -> {});
        long old = System.currentTimeMillis() - Duration.ofDays(14).toMillis();
        spool.append(List.of(
                new EncodedRecord(UUID.randomUUID(), old, Severity.INFO, true, new byte[1]),
                record("young"),
                new EncodedRecord(UUID.randomUUID(), old, Severity.INFO, true, new byte[1])));
        assertThat(takeAll(spool)).containsExactly("young");
        assertThat(lost).isEqualTo(Map.of("expired", 2L));
        assertThat(spool.records()).isEqualTo(1);
        spool.acknowledge(1);
        assertThat(spool.records()).isZero();
        spool.close();
        assertThat(base.resolve("service/sink")).isEmptyDirectory();
    }

    /** The disk refuses when the second file is begun: what the first took is held, and is neither read nor kept twice. */
    @Test
    void whatADiskTookBeforeItRefusedIsHeldOnce() throws IOException {
        Spool spool = Spools.in(base);
        spool.append(texts(0, 1));
        takeAll(spool);
        Files.createDirectory(Spools.processDirectory(base).resolve("0000000000000002.seg"));
        var big = new ArrayList<EncodedRecord>();
        for (int i = 0; i < 12; i++) {
            big.add(record(i + "x".repeat(1 << 20)));
        }
        int kept = spool.appendTaken(big);
        assertThat(kept).isBetween(7, 8);
        assertThat(spool.refusals()).isEqualTo(1);
        assertThat(spool.records()).isEqualTo(1 + kept);
        assertThat(spool.peek()).isNull();
        spool.acknowledge(1 + kept);
        assertThat(spool.records()).isZero();
        spool.close();
    }

    @Test
    void aRecordWhoseFirstPartIsHeldInMemoryComesBackWhole() {
        Spool spool = Spools.in(base);
        spool.appendTaken(List.of(part("begin, ", false)));
        spool.append(List.of(part("middle, ", false), part("end", true), record("next")));
        assertThat(takeAll(spool)).containsExactly("middle, ", "end", "next");
        spool.acknowledge(2);
        assertThat(spool.records()).isEqualTo(2);
        spool.close();
        RecordStore<EncodedRecord> orphan = onlyOrphan(Spools.in(base));
        assertThat(orphan.records()).isEqualTo(2);
        assertThat(takeAll(orphan)).containsExactly("end", "next");
    }

    @Test
    void whatIsPlantedInADirectoryOpenToOthersIsNotBelieved() throws IOException {
        Spool dead = Spools.in(base);
        dead.append(texts(0, 3));
        dead.close();
        Path left = Spools.processDirectory(base);
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(Spools.in(base).adopt()).isEmpty();
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rwx------"));
        assertThat(takeAll(onlyOrphan(Spools.in(base)))).containsExactly("0", "1", "2");
    }

    @Test
    void whatCannotBeTakenOverUsesNoneOfTheRoomAndIsTriedAgain() throws IOException {
        Spool dead = Spools.in(base, 1 << 20);
        dead.append(List.of(record("x".repeat(900_000))));
        dead.close();
        Path cursor = Spools.processDirectory(base).resolve("cursor");
        Files.deleteIfExists(cursor);
        Files.createDirectories(cursor.resolve("in the way"));
        Spool next = Spools.in(base, 1 << 20);
        assertThat(next.adopt()).isEmpty();
        assertThat(next.append(List.of(record("y".repeat(900_000))))).isEqualTo(1);
        takeAll(next);
        next.acknowledge(1);
        Files.delete(cursor.resolve("in the way"));
        Files.delete(cursor);
        assertThat(takeAll(onlyOrphan(next))).hasSize(1);
        next.close();
    }

    @Test
    void aDirectoryOpenToOthersIsNotUsed() throws IOException {
        // Set afterwards: the process's mask holds for what is made.
        Files.setPosixFilePermissions(
                Files.createDirectories(base.resolve("service")), PosixFilePermissions.fromString("rwxr-xr-x"));
        Spool spool = Spools.in(base);
        assertThat(spool.append(texts(0, 1))).isZero();
        assertThat(spool.refusals()).isEqualTo(1);
        spool.close();
    }

    @Test
    void aLinkInThePlaceOfADirectoryIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(base.resolve("service"), elsewhere);
        Spool spool = Spools.in(base);
        assertThat(spool.append(texts(0, 1))).isZero();
        spool.close();
        try (Stream<Path> files = Files.walk(elsewhere)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsCountedAndLeftAlone() throws IOException {
        Path file = Files.writeString(base.resolve("file"), "");
        var spool = new Spool(new SpoolSettings(file, Spools.NAMES, 1 << 20, Duration.ofDays(13)));
        assertThat(spool.append(texts(0, 1))).isZero();
        assertThat(spool.refusals()).isEqualTo(1);
        assertThat(spool.adopt()).isEmpty();
        spool.close();
    }

    @Test
    void aFileOfAnotherVersionIsPutAside() throws IOException {
        Spool dead = Spools.in(base);
        dead.append(texts(0, 3));
        dead.close();
        Path segment = Spools.segments(base).get(0);
        byte[] bytes = Files.readAllBytes(segment);
        Arrays.fill(bytes, 15, bytes.length, (byte) 2);
        Files.write(segment, bytes);
        Map<String, Long> lost = new HashMap<>();
        var next = new Spool(new SpoolSettings(base, Spools.NAMES, 1 << 20, Duration.ofDays(13)));
        next.start((reason, records) -> {}, (reason, records) -> lost.merge(reason, records, Long::sum));
        RecordStore<EncodedRecord> orphan = onlyOrphan(next);
        assertThat(orphan.records()).as("nobody knows how many").isEqualTo(1);
        assertThat(takeAll(orphan)).isEmpty();
        orphan.close();
        assertThat(lost).isEqualTo(Map.of("spool_damaged", 1L));
        assertThat(segment.resolveSibling(segment.getFileName() + ".quarantined"))
                .exists();
    }

    @Test
    void namesThatNoFileMayHaveAreKeptApart() {
        assertThat(new SpoolSettings(base, List.of("../a:b", "a%b"), 1, Duration.ZERO).directory())
                .isEqualTo(base.resolve("%002e%002e%002fa%003ab").resolve("a%0025b"));
    }

    private static List<EncodedRecord> texts(int from, int to) {
        var texts = new ArrayList<EncodedRecord>();
        for (int i = from; i < to; i++) {
            texts.add(record(String.valueOf(i)));
        }
        return texts;
    }

    private static RecordStore<EncodedRecord> onlyOrphan(Spool spool) {
        List<RecordStore<EncodedRecord>> orphans = spool.adopt();
        assertThat(orphans).hasSize(1);
        return orphans.get(0);
    }
}
