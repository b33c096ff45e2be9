package io.cruddur.obs.spring.traced;

import java.util.Map;
import java.util.function.Predicate;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Exceptions that Spring's web answers with 4xx: what the caller asked for cannot be had, and nothing is broken. */
final class CallersFault implements Predicate<Throwable> {
    private final Map<Class<?>, Boolean> byAnnotation = new ConcurrentReferenceHashMap<>();

    private CallersFault() {}

    /** One that finds none where Spring's web is not there. */
    static Predicate<Throwable> predicate() {
        boolean web =
                ClassUtils.isPresent("org.springframework.web.ErrorResponse", CallersFault.class.getClassLoader());
        return web ? new CallersFault() : failure -> false;
    }

    @Override
    public boolean test(Throwable failure) {
        return failure instanceof ErrorResponse response
                ? response.getStatusCode().is4xxClientError()
                : byAnnotation.computeIfAbsent(failure.getClass(), CallersFault::isAnnotated);
    }

    private static boolean isAnnotated(Class<?> type) {
        ResponseStatus status = AnnotatedElementUtils.findMergedAnnotation(type, ResponseStatus.class);
        return status != null && status.code().is4xxClientError();
    }
}
