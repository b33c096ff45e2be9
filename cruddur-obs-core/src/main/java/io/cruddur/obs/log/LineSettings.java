package io.cruddur.obs.log;

import java.util.List;
import java.util.Map;

/**
 * How a line is written.
 *
 * @param format the names of the fields
 * @param fieldNames single fields under other names, by the name that they have in {@link LogFormat#JSON}
 * @param foldedFrames beginnings of class names; runs of such frames become one line of the stack. Empty folds nothing
 * @param rootCauseFirst whether a stack begins with what happened first
 */
public record LineSettings(
        LogFormat format, Map<String, String> fieldNames, List<String> foldedFrames, boolean rootCauseFirst) {
    /** What says how a method was reached, and hardly ever why it failed. */
    public static final List<String> FOLDED_BY_DEFAULT = List.of(
            "java.lang.reflect",
            "java.lang.invoke",
            "jdk.internal.reflect",
            "sun.reflect",
            "jdk.proxy",
            "com.sun.proxy",
            "org.springframework.aop",
            "org.springframework.cglib",
            "org.springframework.web.filter",
            "org.springframework.web.method",
            "org.springframework.web.servlet",
            "org.springframework.security.web",
            "jakarta.servlet",
            "org.apache.catalina",
            "org.apache.coyote",
            "org.apache.tomcat",
            "org.eclipse.jetty",
            "io.undertow");

    /** Our names, folded stacks, outermost exception first. */
    public static final LineSettings DEFAULT = new LineSettings(LogFormat.JSON, Map.of(), FOLDED_BY_DEFAULT, false);

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if a field does not exist, or two would have one name
     */
    public LineSettings {
        fieldNames = Map.copyOf(fieldNames);
        foldedFrames = List.copyOf(foldedFrames);
        if (foldedFrames.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("A blank beginning would fold every frame of every stack.");
        }
        new FieldNames(format, fieldNames);
    }
}
