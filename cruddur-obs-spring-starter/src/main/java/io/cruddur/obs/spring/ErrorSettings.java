package io.cruddur.obs.spring;

import io.cruddur.obs.ErrorCustomizer;
import io.cruddur.obs.ErrorFilter;
import io.cruddur.obs.ErrorItem;
import io.cruddur.obs.ErrorOptions;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;

/** From the properties of errors, and the application's beans, to the builder's options; each that cannot be used is named. */
final class ErrorSettings {
    private static final String PREFIX = "cruddur.obs.errors.";

    private final LateBeans<ErrorFilter> filters;
    private final LateBeans<ErrorCustomizer> customizers;
    private final List<String> packages;

    ErrorSettings(ObjectProvider<ErrorFilter> filters, ObjectProvider<ErrorCustomizer> customizers, BeanFactory beans) {
        this.filters = new LateBeans<>(filters);
        this.customizers = new LateBeans<>(customizers);
        this.packages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
    }

    /**
     * Applies them.
     *
     * @param console the local console, if errors go there
     */
    void apply(ObsProperties.Errors errors, ErrorOptions options, @Nullable URI console) {
        options.enabled(errors.enabled())
                // Said in the starter's own words.
                .announced(false)
                .uncaught(errors.uncaught())
                .logged(errors.logged())
                .julLogged(errors.julLogged())
                .clientErrors(errors.clientErrors())
                .breadcrumbs(errors.breadcrumbs())
                .threadDump(errors.threadDump())
                .clientAddress(errors.clientAddress())
                .framework("spring-boot " + SpringBootVersion.getVersion())
                .root(errors.root())
                .consoleUrl(console)
                .appPackages((errors.appPackages() == null ? packages : errors.appPackages()).toArray(String[]::new));
        Checked.value(PREFIX + "max-per-minute", "1 to 10000", () -> options.maxPerMinute(errors.maxPerMinute()));
        long bytes = errors.maxItemSize().toBytes();
        Checked.value(
                PREFIX + "max-item-size",
                "64KB to 1MB",
                () -> options.maxItemBytes((int) Math.min(Integer.MAX_VALUE, bytes)));
        String proxy = errors.proxy();
        if (proxy != null && !proxy.isBlank()) {
            Checked.value(
                    PREFIX + "proxy", "host:port, such as proxy.example:3128", () -> options.proxy(proxy.strip()));
        }
        errors.ignore().forEach(options::ignore);
        errors.levels().forEach(options::level);
        options.filter(this::isReported);
        options.beforeSend(this::customize);
    }

    /** One that fails does not keep the next from being asked; who is told of the failure is whoever calls this. */
    private boolean isReported(Throwable throwable) {
        RuntimeException failure = null;
        for (ErrorFilter filter : filters.get()) {
            try {
                if (!filter.isReported(throwable)) {
                    return false;
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        rethrow(failure);
        return true;
    }

    private void customize(ErrorItem item) {
        RuntimeException failure = null;
        for (ErrorCustomizer customizer : customizers.get()) {
            try {
                customizer.customize(item);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        rethrow(failure);
    }

    private static void rethrow(@Nullable RuntimeException failure) {
        if (failure != null) {
            throw failure;
        }
    }
}
