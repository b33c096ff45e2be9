package io.cruddur.obs.console.internal.page;

import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The files of one folder of the class path, and none beside it. */
final class ClassPathFiles {

    /** Between dots there is something, and none is at a beginning: so there is no way up. */
    private static final Pattern FILE =
            Pattern.compile("(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)?\\.([a-z]+)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final String folder;

    /** Only files that there are: some hundred kilobytes at most. */
    private final Map<String, byte[]> compressed = new ConcurrentHashMap<>();

    ClassPathFiles(String folder) {
        this.folder = folder;
    }

    /** The files of a WebJar, whose folder has its version in the name. */
    static ClassPathFiles ofWebJar(String name) {
        try (InputStream pom = open("META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            if (pom == null) throw new IllegalStateException("The WebJar " + name + " is not on the class path");
            Properties properties = new Properties();
            properties.load(pom);
            String version = properties.getProperty("version");
            return new ClassPathFiles("META-INF/resources/webjars/" + name + "/" + version + "/");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Compressed for whoever takes that, which all browsers do. */
    Answer get(String file, Call call) {
        Matcher name = FILE.matcher(file);
        String type = name.matches() ? TYPES.get(name.group(1)) : null;
        if (type == null) throw missing();
        String accepted = call.header("Accept-Encoding");
        if (accepted == null || !accepted.contains("gzip")) return Answer.bytes(200, type, read(folder + file));
        byte[] body = compressed.computeIfAbsent(file, key -> gzip(read(folder + key)));
        return Answer.bytes(200, type, body).with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
    }

    private static byte[] read(String path) {
        try (InputStream content = open(path)) {
            if (content == null) throw missing();
            return content.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(body)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return body.toByteArray();
    }

    private static @Nullable InputStream open(String path) {
        return ClassPathFiles.class.getClassLoader().getResourceAsStream(path);
    }

    private static Problem missing() {
        return Problem.notFound("There is no such file.", "The page is at /.");
    }
}
