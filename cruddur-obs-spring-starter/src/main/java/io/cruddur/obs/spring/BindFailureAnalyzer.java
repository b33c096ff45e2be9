package io.cruddur.obs.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** A value of ours that is not even of the property's type. Before Boot's own analyzer, which knows no valid form. */
@Order(0)
final class BindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("cruddur.obs");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationPropertyName name = cause.getName();
        String form = validForm(cause.getTarget().getType());
        if (form == null || !PREFIX.isAncestorOf(name)) {
            return null;
        }
        String origin = cause.getProperty() == null || cause.getProperty().getOrigin() == null
                ? ""
                : " It was found in " + cause.getProperty().getOrigin() + ".";
        Class<?> element = cause.getTarget().getType().asCollection().resolveGeneric();
        Object value = cause.getProperty() == null ? null : cause.getProperty().getValue();
        return new FailureAnalysis(
                name + " cannot be used. Its value is not " + form + "." + origin,
                "Set " + name + " to " + form + "." + NearestConstant.question(element, value),
                cause);
    }

    private static @Nullable String validForm(ResolvableType type) {
        Class<?> element = type.asCollection().resolveGeneric();
        if (element != null && element.isEnum()) {
            return "some of " + constants(element) + ", with commas between them";
        }
        Class<?> plain = type.resolve();
        return plain == null ? null : validForm(plain);
    }

    private static @Nullable String validForm(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + constants(type);
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == Integer.class) {
            return "a whole number, such as 100";
        }
        if (type == Double.class) {
            return "a number, such as 0.05";
        }
        if (type == DataSize.class) {
            return "a size such as 256MB";
        }
        if (type == Path.class) {
            return "a path such as /var/spool/cruddur";
        }
        return type == Duration.class ? "a time, such as 5s or 500ms" : null;
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> NearestConstant.name((Enum<?>) constant))
                .collect(Collectors.joining(", "));
    }
}
