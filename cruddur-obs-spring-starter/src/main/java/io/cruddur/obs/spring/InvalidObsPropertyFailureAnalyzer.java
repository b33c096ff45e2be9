package io.cruddur.obs.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which value to mend, and how. */
final class InvalidObsPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidObsPropertyException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidObsPropertyException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
