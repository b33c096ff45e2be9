package io.cruddur.obs.spring.check;

import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which properties do not exist, where they are, and which were meant. */
final class UnknownPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<UnknownPropertiesException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownPropertiesException cause) {
        return new FailureAnalysis(
                lines(cause, UnknownProperty::problem), lines(cause, UnknownProperty::remedy), cause);
    }

    private static String lines(UnknownPropertiesException cause, Function<UnknownProperty, String> line) {
        return cause.properties().stream().map(line).collect(Collectors.joining(System.lineSeparator()));
    }
}
