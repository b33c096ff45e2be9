package io.cruddur.obs.spring;

import io.cruddur.obs.spring.check.Similarity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of a list's constants was meant, where one was misspelt. */
final class NearestConstant {
    private static final double ALIKE = 0.5;

    private NearestConstant() {}

    /** A question with a space before it; empty if none is alike. */
    static String question(@Nullable Class<?> type, @Nullable Object value) {
        if (type == null || !type.isEnum() || !(value instanceof String text)) {
            return "";
        }
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> name((Enum<?>) constant))
                .toList();
        return Arrays.stream(text.split(",", -1))
                .map(word -> word.strip().toLowerCase(Locale.ROOT).replace('_', '-'))
                .filter(word -> !names.contains(word))
                .findFirst()
                .flatMap(word -> names.stream()
                        .filter(name -> Similarity.of(word, name) >= ALIKE)
                        .max(Comparator.comparingDouble(name -> Similarity.of(word, name))))
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
