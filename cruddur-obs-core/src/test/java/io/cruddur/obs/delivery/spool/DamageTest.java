package io.cruddur.obs.delivery.spool;

import static io.cruddur.obs.delivery.spool.Spools.part;
import static io.cruddur.obs.delivery.spool.Spools.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever has become of the files, what is whole in them comes back, and all that was known is settled by count. */
class DamageTest {
    /** Of five records, the third in three parts. */
    private static final List<EncodedRecord> WRITTEN = List.of(
            record("first"),
            record(""),
            part("third, ", false),
            part("in its middle, ", false),
            part("and its end", true),
            record("fourth, of some more bytes than the others"),
            record("fifth"));

    /** Five is no divisor of eight, so that every bit of a byte has its turn in one byte or another. */
    private static final int STEP = Boolean.getBoolean("thorough") ? 1 : 5;

    private static final RecordStore.Losses NOT_ITS_OWN = (reason, records) -> {
        throw new AssertionError("not a record of this process");
    };

    private final Path base;
    private byte[] segment = new byte[0];
    private byte[] cursor = new byte[0];
    private int copies;

    DamageTest(@TempDir Path base) {
        this.base = base;
    }

    @BeforeEach
    void write() throws IOException {
        Path directory = base.resolve("written");
        Spool spool = Spools.in(directory);
        spool.append(List.of(record("settled before")));
        spool.append(WRITTEN);
        spool.peek();
        spool.take();
        spool.acknowledge(1);
        spool.close();
        segment = Files.readAllBytes(Spools.segments(directory).get(0));
        cursor = Files.readAllBytes(Spools.processDirectory(directory).resolve("cursor"));
    }

    @Test
    void aTailThatWasTornAtAnyByteIsCutOff() throws IOException {
        for (int length = 0; length <= segment.length; length++) {
            Result result = open(Arrays.copyOf(segment, length), cursor);
            assertThat(result.texts).as("torn at %d", length).isEqualTo(expected(length, -1));
        }
    }

    @Test
    void anySingleBitThatFlippedCostsItsOwnRecordAlone() throws IOException {
        for (int bit = 8 * Segments.HEADER; bit < 8 * segment.length; bit += STEP) {
            byte[] damaged = segment.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Result result = open(damaged, cursor);
            assertThat(result.texts).as("bit %d", bit).isEqualTo(expected(segment.length, bit / 8));
        }
    }

    @Test
    void aBitThatFlippedInTheHeadOfAFileCostsNothing() throws IOException {
        for (int bit = 0; bit < 8 * Segments.HEADER; bit++) {
            byte[] damaged = segment.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(open(damaged, cursor).texts).as("bit %d", bit).isEqualTo(expected(segment.length, -1));
        }
    }

    @Test
    void aFileOfAnotherVersionIsPutAsideAndCountedAsLost() throws IOException {
        byte[] other = Arrays.copyOf(Segments.header(), 500);
        other[15] = 2;
        Arrays.fill(other, Segments.HEADER, other.length, (byte) 'x');
        assertThat(open(other, cursor)).isEqualTo(new Result(List.of(), 1));
        assertThat(open(Arrays.copyOf(other, Segments.HEADER), cursor)).isEqualTo(new Result(List.of(), 0));
    }

    @Test
    void aCursorThatIsDamagedLosesNothing() throws IOException {
        List<String> all = expected(segment.length, -1);
        for (int bit = 0; bit < 8 * cursor.length; bit += STEP) {
            byte[] damaged = cursor.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            // What was settled before may come again, once.
            assertThat(open(segment, damaged).texts).as("bit %d", bit).endsWith(all.toArray(String[]::new));
        }
        for (int length = 0; length < cursor.length; length += STEP) {
            assertThat(open(segment, Arrays.copyOf(cursor, length)).texts).endsWith(all.toArray(String[]::new));
        }
    }

    @Test
    void aFileMadeToBeSlowIsReadInProportionToItsLength() throws IOException {
        byte[] evil = Arrays.copyOf(Segments.header(), 8 << 20);
        for (int i = Segments.HEADER; i + 8 <= evil.length; i += 8) {
            // A mark, and a length that reaches far: each would have to be checked.
            byte[] mark = {(byte) 0xC0, (byte) 0xB5, 0x5E, 0x6D, 0, 0x3F, 0, 0};
            System.arraycopy(mark, 0, evil, i, mark.length);
        }
        Path directory = Files.createDirectories(base.resolve("evil"));
        Path file = Files.write(directory.resolve("file"), evil);
        try (var reader = new FrameReader(file, Segments.HEADER)) {
            assertThat(reader.next()).isNull();
            assertThat(reader.checked()).isLessThan(6L * evil.length);
        }
    }

    private record Result(List<String> texts, long lost) {}

    /** As the next process finds it; all that it says is there has to be settled in the end. */
    private Result open(byte[] segment, byte[] cursor) throws IOException {
        Path copy = base.resolve("copy" + copies++);
        Path directory = Spools.privateDirectory(copy.resolve("service/sink/dead"));
        Files.write(directory.resolve("0000000000000001.seg"), segment);
        Files.write(directory.resolve("cursor"), cursor);
        var lost = new AtomicLong();
        var spool = new Spool(new SpoolSettings(copy, Spools.NAMES, 1 << 20, Duration.ofDays(13)));
        spool.start(NOT_ITS_OWN, (reason, records) -> lost.addAndGet(records));
        List<String> texts = new ArrayList<>();
        for (RecordStore<EncodedRecord> orphan : spool.adopt()) {
            long known = orphan.records();
            long ended = 0;
            int taken = 0;
            for (EncodedRecord next = orphan.peek(); next != null; next = orphan.peek()) {
                orphan.take();
                taken++;
                ended += next.endsRecord() ? 1 : 0;
                texts.add(new String(next.bytes(), StandardCharsets.UTF_8));
            }
            orphan.acknowledge(taken);
            orphan.close();
            assertThat(ended + lost.get()).as("records that are accounted for").isEqualTo(known);
            assertThat(orphan.records()).isZero();
        }
        delete(copy);
        return new Result(texts, lost.get());
    }

    /** What is whole in the first bytes; a record with a damaged part counts only up to that part. */
    private static List<String> expected(int length, int damagedByte) {
        var texts = new ArrayList<String>();
        int at = Segments.HEADER + Frame.length(record("settled before"));
        boolean broken = false;
        for (EncodedRecord envelope : WRITTEN) {
            int end = at + Frame.length(envelope);
            broken |= damagedByte >= at && damagedByte < end;
            if (end <= length && !broken) {
                texts.add(new String(envelope.bytes(), StandardCharsets.UTF_8));
            }
            broken &= !envelope.endsRecord();
            at = end;
        }
        return texts;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
