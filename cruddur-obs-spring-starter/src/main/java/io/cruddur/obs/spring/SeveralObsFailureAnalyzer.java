package io.cruddur.obs.spring;

import io.cruddur.obs.Obs;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** Says what to do with two beans of {@link Obs}; before Boot's own, which knows no more than that there are two. */
final class SeveralObsFailureAnalyzer extends AbstractFailureAnalyzer<NoUniqueBeanDefinitionException>
        implements Ordered {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoUniqueBeanDefinitionException cause) {
        Collection<String> names = cause.getBeanNamesFound();
        if (cause.getBeanType() != Obs.class || names == null) {
            return null;
        }
        return new FailureAnalysis(
                "There are " + names.size() + " beans of type " + Obs.class.getName() + ": " + String.join(", ", names)
                        + ". Traces, logs and errors of one request would be split between them.",
                "Declare one: a bean of your own replaces the starter's, and may send to several destinations. If you need "
                        + "another, mark the one that the starter is to use as @Primary.",
                cause);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
