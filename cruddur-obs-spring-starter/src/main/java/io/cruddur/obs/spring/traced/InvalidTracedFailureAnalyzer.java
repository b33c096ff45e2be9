package io.cruddur.obs.spring.traced;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which annotation to mend, and how. */
final class InvalidTracedFailureAnalyzer extends AbstractFailureAnalyzer<InvalidTracedException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidTracedException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Correct the expression. A path such as #user.handle, #a0.id or #result.size(), or another expression of "
                        + "Spring's expression language over parameters and #result. Names of parameters need the "
                        + "compiler's flag -parameters.",
                cause);
    }
}
