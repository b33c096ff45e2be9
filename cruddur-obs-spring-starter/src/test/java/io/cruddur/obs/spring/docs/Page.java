package io.cruddur.obs.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One page of Markdown. */
final class Page {
    /** The project's own folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> PASSED_OVER = Set.of("target", "src", "node_modules");
    private static final Pattern LINK_TEXT = Pattern.compile("!?\\[([^\\]]*)]\\([^)]*\\)");
    private static final Pattern NOT_IN_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N}_\\- ]");

    private final Path file;
    private final List<String> lines;

    private Page(Path file) throws IOException {
        this.file = file;
        this.lines = Files.readAllLines(file);
    }

    static Page of(String name) throws IOException {
        return new Page(ROOT.resolve(name));
    }

    /** Every page that a reader of the project may come upon. */
    static List<Page> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of(ROOT.relativize(file).toString().split("/"))
                            .noneMatch(part -> PASSED_OVER.contains(part) || part.startsWith(".")))
                    .sorted()
                    .toList();
            List<Page> pages = new ArrayList<>();
            for (Path page : found) {
                pages.add(new Page(page));
            }
            return pages;
        }
    }

    Path file() {
        return file;
    }

    /** Its path in the project. */
    String name() {
        return ROOT.relativize(file).toString();
    }

    /** All of its words, code and the rest. */
    List<String> lines() {
        return lines;
    }

    /** What stands between fences. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String opening = lines.get(i).stripLeading();
            if (opening.startsWith("```")) {
                int indent = lines.get(i).length() - opening.length();
                var text = new StringBuilder();
                int first = i + 1;
                for (i++; !lines.get(i).strip().equals("```"); i++) {
                    String line = lines.get(i);
                    text.append(line.substring(Math.min(indent, line.length()))).append('\n');
                }
                blocks.add(new Block(this, first + 1, opening.substring(3).strip(), text.toString()));
            }
        }
        return blocks;
    }

    List<Block> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The lines outside of fences; those within are empty, so that the numbers stay. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = line.stripLeading().startsWith("```");
            prose.add(code || fence ? "" : line);
            code ^= fence;
        }
        return prose;
    }

    /** What a link may name behind its {@code #}, as GitHub makes it of the headings. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String line : prose()) {
            if (line.matches("#{1,6} .*")) {
                String text = LINK_TEXT.matcher(line.replaceFirst("#+ ", "")).replaceAll("$1");
                String anchor = NOT_IN_AN_ANCHOR
                        .matcher(text.strip().toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .replace(' ', '-');
                String unique = anchor;
                for (int n = 1; !anchors.add(unique); n++) {
                    unique = anchor + "-" + n;
                }
            }
        }
        return anchors;
    }

    /**
     * Code between fences.
     *
     * @param line the number of its first line
     * @param language what stands behind the fence
     */
    record Block(Page page, int line, String language, String text) {
        /** A place in it, by the number of a line within, from 1. */
        String at(long lineWithin) {
            return page.name() + ":" + (line + lineWithin - 1);
        }

        @Override
        public String toString() {
            return at(1);
        }
    }
}
