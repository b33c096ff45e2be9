package io.cruddur.obs.spring.docs;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the Java of the pages. A snippet may be classes, members of a class, or statements; the first of these that it
 * can be is what it is. Its own imports count before {@link #STARS} and {@link #SINGLE}; a line of three dots stands for
 * what is left out; and names that it takes for granted are those of {@code Surroundings.java} among the resources.
 */
final class Snippets {
    private static final List<String> STARS = List.of(
            "com.amazonaws.xray",
            "com.amazonaws.xray.entities",
            "io.cruddur.obs",
            "io.cruddur.obs.cloudwatch",
            "io.cruddur.obs.delivery",
            "io.cruddur.obs.httpclient",
            "io.cruddur.obs.jdbc",
            "io.cruddur.obs.log",
            "io.cruddur.obs.propagation",
            "io.cruddur.obs.servlet",
            "io.cruddur.obs.spring",
            "io.cruddur.obs.test",
            "io.cruddur.obs.test.logs",
            "io.cruddur.obs.test.otlp",
            "io.cruddur.obs.trace",
            "io.micrometer.observation",
            "jakarta.servlet",
            "java.net",
            "java.net.http",
            "java.nio.file",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "org.junit.jupiter.api",
            "org.junit.jupiter.api.extension",
            "org.springframework.boot.autoconfigure",
            "org.springframework.boot.test.context",
            "org.springframework.boot.test.web.server",
            "org.springframework.context.annotation",
            "org.springframework.scheduling.annotation",
            "org.springframework.stereotype",
            "org.springframework.test.context",
            "org.springframework.web.bind.annotation",
            "org.springframework.web.client");

    private static final List<String> SINGLE = List.of(
            "io.micrometer.tracing.Tracer",
            "java.io.IOException",
            "java.net.http.HttpRequest",
            "java.net.http.HttpResponse.BodyHandlers",
            "javax.sql.DataSource",
            "org.slf4j.Logger",
            "org.slf4j.LoggerFactory",
            "org.slf4j.event.Level",
            "org.springframework.boot.test.context.SpringBootTest.WebEnvironment",
            "org.springframework.boot.SpringApplication");

    private static final List<String> STATIC = List.of(
            "io.cruddur.obs.ErrorLevel",
            "io.cruddur.obs.cloudwatch.LogClass",
            "io.cruddur.obs.propagation.PropagationFormat",
            "org.assertj.core.api.Assertions",
            "surroundings.Surroundings");

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package [\\w.]+;");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (static )?([\\w.]+\\.(\\w+|\\*));");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public (?=(final |abstract )*(class|interface|record|enum|@interface) )");
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^ *\\.\\.\\.$");

    private final JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
    /** One for all, for it remembers what it found in the archives. */
    private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);

    /** What does not compile, each with its place on the page. */
    List<String> problems(List<Page.Block> blocks) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        sources.add(new Source("surroundings.Surroundings", surroundings(), null));
        for (Page.Block block : blocks) {
            sources.add(source(block));
        }
        var found = new DiagnosticCollector<JavaFileObject>();
        task(sources, found).analyze();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Snippets::inWords)
                .toList();
    }

    private static String inWords(Diagnostic<? extends JavaFileObject> diagnostic) {
        // The header is the first line of a source.
        return (diagnostic.getSource() instanceof Source source && source.block != null
                        ? source.block.at(diagnostic.getLineNumber() - 1)
                        : String.valueOf(diagnostic.getSource()))
                + ": " + diagnostic.getMessage(Locale.ROOT);
    }

    private static String surroundings() throws IOException {
        try (InputStream file = Snippets.class.getResourceAsStream("Surroundings.java")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Source source(Page.Block block) throws IOException {
        String code =
                PACKAGE.matcher(LEFT_OUT.matcher(block.text()).replaceAll("")).replaceAll("");
        List<MatchResult> own = IMPORT.matcher(code).results().toList();
        String imports = own.stream().map(MatchResult::group).collect(Collectors.joining());
        List<String> ownNames = own.stream().map(found -> found.group(3)).toList();
        String pack = "page" + block.page().name().replaceAll("\\W", "_") + ".line" + block.line();
        String header = "package " + pack + ";" + imports
                + STARS.stream().map(name -> "import " + name + ".*;").collect(Collectors.joining())
                + STATIC.stream().map(name -> "import static " + name + ".*;").collect(Collectors.joining())
                + SINGLE.stream()
                        .filter(name -> !ownNames.contains(name.substring(name.lastIndexOf('.') + 1)))
                        .map(name -> "import " + name + ";")
                        .collect(Collectors.joining());
        String body = PUBLIC_TYPE.matcher(IMPORT.matcher(code).replaceAll("")).replaceAll("");
        String ended = body.stripTrailing().matches("(?s).*[;}]") ? body : body.stripTrailing() + ";\n";
        List<String> forms = List.of(
                header + "\n" + body,
                header + "class Snippet {\n" + body + "}",
                header + "class Snippet { void snippet() throws Exception {\n" + ended + "}}");
        Source last = new Source(pack + ".Snippet", forms.get(2), block);
        for (String form : forms) {
            Source source = new Source(pack + ".Snippet", form, block);
            if (parses(source)) {
                return source;
            }
        }
        return last;
    }

    private boolean parses(Source source) throws IOException {
        var found = new DiagnosticCollector<JavaFileObject>();
        task(List.of(source), found).parse();
        return found.getDiagnostics().stream().noneMatch(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR);
    }

    private JavacTask task(List<? extends JavaFileObject> sources, DiagnosticCollector<JavaFileObject> found) {
        List<String> options = List.of(
                "-proc:none", "-source", "17", "-Xlint:none", "-cp", System.getProperty("java.class.path", ""));
        return (JavacTask) compiler.getTask(null, files, found, options, null, sources);
    }

    /** Some text that is compiled. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;
        private final Page.@Nullable Block block;

        Source(String type, String text, Page.@Nullable Block block) {
            super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
            this.block = block;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
