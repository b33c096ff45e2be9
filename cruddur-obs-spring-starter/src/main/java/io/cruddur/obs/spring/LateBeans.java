package io.cruddur.obs.spring;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Beans of the application, looked up when they are first needed: {@code Obs} is there before them, and they may ask for it.
 * Thread-safe.
 */
final class LateBeans<T> {
    private final ObjectProvider<T> provider;
    private volatile @Nullable List<T> found;

    LateBeans(ObjectProvider<T> provider) {
        this.provider = provider;
    }

    /** Those that there are; none while they cannot be made yet. */
    List<T> get() {
        List<T> present = found;
        if (present == null) {
            try (Stream<T> ordered = provider.orderedStream()) {
                found = present = ordered.toList();
            } catch (BeansException | IllegalStateException e) {
                // An error while the application starts, or when it has ended: it is reported without them.
                return List.of();
            }
        }
        return present;
    }
}
