package io.cruddur.obs.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever people can get hold of is among what japicmp holds to the last release; see pom.xml, api-baseline. */
class WatchedApiTest {
    private static final String OURS = "io.cruddur.obs";
    private static final Pattern INCLUDE = Pattern.compile("<include>(io\\.cruddur\\.obs[\\w.]*)</include>");
    private static final Pattern EXCLUDE = Pattern.compile("<exclude>(io\\.cruddur\\.obs[\\w.]*)</exclude>");
    /** A type that a page has something called of, such as {@code `Sampler.fixedRate(0.05)`}. */
    private static final Pattern CALLED = Pattern.compile("`([A-Z]\\w+)[.(]");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (io\\.cruddur\\.obs\\.[\\w.]+);");

    private static JavaClasses classes;
    private static Set<String> includes;
    private static Set<String> excludes;

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> modules = Files.list(Page.ROOT)) {
            classes = new ClassFileImporter()
                    .importPaths(modules.filter(
                                    module -> module.getFileName().toString().startsWith("cruddur-obs-"))
                            .map(module -> module.resolve("target/classes"))
                            .filter(Files::isDirectory)
                            .toList());
        }
        String pom = Files.readString(Page.ROOT.resolve("pom.xml"));
        includes = names(INCLUDE, pom);
        excludes = names(EXCLUDE, pom);
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTypeInAPublicSignatureIsWatched() {
        Set<String> missing = new TreeSet<>();
        List<JavaClass> watched =
                classes.stream().filter(WatchedApiTest::isWatched).toList();
        assertThat(watched).hasSizeGreaterThan(60);
        for (JavaClass type : watched) {
            signature(type)
                    .filter(used -> used.getPackageName().startsWith(OURS))
                    .filter(used -> isPublic(used) && !isWatched(used) && !excludes.contains(outermost(used)))
                    .forEach(used -> missing.add(used.getName() + ", of " + type.getName()));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyTypeThatAPageImportsIsWatched() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Page page : Page.all()) {
            IMPORT.matcher(String.join("\n", page.lines()))
                    .results()
                    .map(MatchResult::group)
                    .map(line -> line.substring("import ".length(), line.length() - 1))
                    .filter(name -> classes.contain(name) && !isWatched(classes.get(name)))
                    .forEach(name -> missing.add(page.name() + ": " + name));
        }
        assertThat(missing).isEmpty();
    }

    /** Of pages for users; those for who comes from elsewhere name the types of others, which may be called as ours. */
    @Test
    void everyTypeThatAPageCallsIsWatched() throws IOException {
        Set<String> missing = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (Page page : Page.all()) {
            if (!page.name().matches("README\\.md|docs/(?!migrating-).*")) {
                continue;
            }
            Set<String> called = names(CALLED, String.join("\n", page.lines()));
            for (JavaClass type : classes) {
                if (type.isTopLevelClass() && isPublic(type) && called.contains(type.getSimpleName())) {
                    seen.add(type.getSimpleName());
                    if (!isWatched(type)) {
                        missing.add(page.name() + ": " + type.getName());
                    }
                }
            }
        }
        assertThat(seen).contains("MicrometerBridge", "Obs");
        assertThat(missing).isEmpty();
    }

    /** A name that is misspelt, or was changed, would be passed over by japicmp without a word. */
    @Test
    void whatIsListedIsThere() {
        Set<String> known = Stream.concat(
                        classes.stream().map(JavaClass::getName),
                        classes.stream().map(JavaClass::getPackageName))
                .collect(Collectors.toSet());
        assertThat(known).containsAll(includes).containsAll(excludes);
    }

    private static boolean isWatched(JavaClass type) {
        String name = outermost(type);
        return isPublic(type)
                && !excludes.contains(name)
                && (includes.contains(type.getPackageName()) || includes.contains(name));
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(WatchedApiTest::isPublic).orElse(true);
    }

    /** What those outside of the package see of it: parameters, results, fields, exceptions, with all that is in their <>. */
    private static Stream<JavaClass> signature(JavaClass type) {
        Predicate<Set<JavaModifier>> seen =
                modifiers -> modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
        Stream<JavaType> units = type.getCodeUnits().stream()
                .filter(unit ->
                        seen.test(unit.getModifiers()) && !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                .flatMap(WatchedApiTest::types);
        Stream<JavaType> fields = type.getFields().stream()
                .filter(field -> seen.test(field.getModifiers()))
                .map(field -> field.getType());
        Stream<JavaType> supers = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        return Stream.of(units, fields, supers)
                .flatMap(types -> types)
                .flatMap(used -> used.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType);
    }

    private static Stream<JavaType> types(JavaCodeUnit unit) {
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getExceptionTypes().stream())
                .flatMap(types -> types);
    }

    @Test
    void aTypeThatIsNotListedWouldBeFound() {
        JavaClass builder = classes.get("io.cruddur.obs.ObsBuilder");
        assertThat(signature(builder).map(JavaClass::getName))
                .contains("io.cruddur.obs.trace.Sampler", "io.cruddur.obs.propagation.Propagation");
    }
}
