package io.cruddur.obs;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Mono and Flux of {@link Traced} methods: each subscription is a span, from its beginning to its end or its being
 * cancelled. The method itself is called when it is called.
 */
final class TracedPublishers {
    private static final boolean REACTOR = isPresent();

    private TracedPublishers() {}

    private static boolean isPresent() {
        try {
            Class.forName("reactor.core.publisher.Mono", false, TracedPublishers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    static boolean isPublisher(Class<?> type) {
        return REACTOR && Reactor.isPublisher(type);
    }

    static Object traced(TracedMethod method, Obs obs, @Nullable Object[] arguments, Object publisher) {
        return Reactor.traced(method, obs, arguments, publisher);
    }

    /** Loaded where Reactor is. */
    private static final class Reactor {
        private Reactor() {}

        static boolean isPublisher(Class<?> type) {
            return type == Mono.class || type == Flux.class;
        }

        static Object traced(TracedMethod method, Obs obs, @Nullable Object[] arguments, Object publisher) {
            if (publisher instanceof Mono<?> mono) {
                return new TracedMono<>(mono, method, obs, arguments);
            }
            return publisher instanceof Flux<?> flux ? new TracedFlux<>(flux, method, obs, arguments) : publisher;
        }
    }
}
