package io.cruddur.backend.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The files at the top of the repository; tests run two folders below it. */
public final class Repository {
    private static final Path TOP = Path.of("../..").toAbsolutePath().normalize();

    private Repository() {}

    public static Path file(String path) {
        return TOP.resolve(path);
    }

    public static String text(String path) {
        try {
            return Files.readString(file(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a YAML file holds, plain: maps, lists, texts, numbers. */
    public static Map<String, Object> yaml(String text) {
        return new Yaml().load(text);
    }

    /** A part of it, such as {@code services}, {@code xray-daemon}. */
    public static Map<String, Object> part(Map<String, Object> yaml, String... path) {
        Map<String, Object> part = yaml;
        for (String name : path) {
            Object inner = part.get(name);
            if (!(inner instanceof Map)) {
                throw new AssertionError("no " + name + " in " + part.keySet());
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> next = (Map<String, Object>) inner;
            part = next;
        }
        return part;
    }
}
