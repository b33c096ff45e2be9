package io.cruddur.obs.spring.error;

import io.cruddur.obs.ErrorFilter;
import io.cruddur.obs.servlet.RefusedRequest;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Leaves out exceptions that say themselves that they are a client's failure: a status of 400 to 499. Thread-safe. */
final class ClientErrors implements ErrorFilter {
    /** Looked up once a class: it walks through annotations of annotations. */
    private static final ClassValue<Boolean> ANNOTATED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            ResponseStatus status = AnnotatedElementUtils.findMergedAnnotation(type, ResponseStatus.class);
            return status != null && status.code().is4xxClientError();
        }
    };

    @Override
    public boolean isReported(Throwable throwable) {
        if (throwable instanceof ErrorResponse response) {
            HttpStatusCode status = response.getStatusCode();
            return !status.is4xxClientError();
        }
        // A server writes its own refusals into the log as if they were failures.
        return !ANNOTATED.get(throwable.getClass()) && RefusedRequest.status(throwable) == 0;
    }
}
