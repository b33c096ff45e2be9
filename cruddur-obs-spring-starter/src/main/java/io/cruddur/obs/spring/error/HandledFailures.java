package io.cruddur.obs.spring.error;

import io.cruddur.obs.servlet.ObsFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Lets the filter know what a handler threw, before the application's own exception handlers make an answer of it: if that is
 * a 5xx, the exception is reported; if it is a 4xx, it is the client's. Resolves nothing. Thread-safe.
 */
final class HandledFailures implements HandlerExceptionResolver, Ordered {
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        request.setAttribute(ObsFilter.FAILURE_ATTRIBUTE, failure);
        return null;
    }
}
