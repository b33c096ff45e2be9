package io.cruddur.obs.kill;

import io.cruddur.obs.test.logs.LogsReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lines of {@link LoggingApplication}: those that it was told to log, those that arrived, those on disk. */
final class Lines {
    private static final Pattern MESSAGE = Pattern.compile("\"message\":\"(\\w+:\\d+)\"}");

    private Lines() {}

    static List<String> of(String name, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> name + ":" + i).toList();
    }

    /** In the order in which they came to the stream. */
    static List<String> arrived(LogsReceiver receiver, String stream) {
        var lines = new ArrayList<String>();
        receiver.events("shared", stream).forEach(event -> addTo(lines, event.message()));
        return lines;
    }

    /** Found by their text alone: a message stands at the end of its line, so what has one was written whole. */
    static List<String> onDisk(Path spool) throws IOException {
        var lines = new ArrayList<String>();
        if (!Files.exists(spool)) {
            return lines;
        }
        try (Stream<Path> files = Files.walk(spool)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".seg")).toList()) {
                addTo(lines, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (java.io.UncheckedIOException | NoSuchFileException e) {
            // Removed meanwhile, because all of it is settled: the next look sees it so.
            lines.clear();
        }
        return lines;
    }

    private static void addTo(List<String> lines, String text) {
        Matcher message = MESSAGE.matcher(text);
        while (message.find()) {
            lines.add(message.group(1));
        }
    }
}
