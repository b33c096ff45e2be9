package io.cruddur.obs;

import io.cruddur.obs.delivery.RateLimitedLog;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which errors are left out, and what is changed of the others. Thread-safe; what callbacks throw stays here. */
final class ErrorRules {
    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    private final boolean clientErrors;
    private final Set<String> ignored;
    private final Map<String, ErrorLevel> levels;
    private final List<ErrorFilter> filters;
    private final List<ErrorCustomizer> customizers;
    private final RateLimitedLog log;

    ErrorRules(ErrorOptions options, RateLimitedLog log) {
        this.clientErrors = options.isClientErrors();
        this.ignored = options.ignored();
        this.levels = options.levels();
        this.filters = options.filters();
        this.customizers = options.customizers();
        this.log = log;
    }

    boolean leavesOut(ErrorItem item) {
        int status = item.status();
        if (status >= FIRST_CLIENT_ERROR && status < FIRST_SERVER_ERROR && !clientErrors) {
            return true;
        }
        Throwable throwable = item.throwable();
        return throwable != null && (isIgnored(throwable) || !passes(throwable));
    }

    private boolean isIgnored(Throwable throwable) {
        if (ignored.isEmpty()) {
            return false;
        }
        for (Class<?> type = throwable.getClass(); type != null; type = type.getSuperclass()) {
            if (ignored.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    private boolean passes(Throwable throwable) {
        for (ErrorFilter filter : filters) {
            try {
                if (!filter.isReported(throwable)) {
                    return false;
                }
            } catch (Throwable e) {
                log.warn("A filter of errors failed, and the error is reported: "
                        + e.getClass().getName());
            }
        }
        return true;
    }

    /** Says what is said by class, and lets the application have the last word. */
    void prepare(ErrorItem item) {
        if (!item.hasLevel()) {
            ErrorLevel level = levelOf(item.throwable());
            if (level != null) {
                item.level(level);
            }
        }
        for (ErrorCustomizer customizer : customizers) {
            try {
                customizer.customize(item);
            } catch (Throwable e) {
                log.warn("A customizer of errors failed, and the error goes as it is: "
                        + e.getClass().getName());
            }
        }
    }

    private @Nullable ErrorLevel levelOf(@Nullable Throwable throwable) {
        Class<?> type = throwable == null ? null : throwable.getClass();
        while (type != null && !levels.isEmpty()) {
            ErrorLevel level = levels.get(type.getName());
            if (level != null) {
                return level;
            }
            type = type.getSuperclass();
        }
        return null;
    }
}
