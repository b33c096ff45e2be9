package io.cruddur.obs.httpclient;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Methods that the client has from Java 21 on. */
enum Java21 {
    SHUTDOWN("shutdown"),
    SHUTDOWN_NOW("shutdownNow"),
    IS_TERMINATED("isTerminated"),
    AWAIT_TERMINATION("awaitTermination", Duration.class);

    @SuppressWarnings("ImmutableEnumChecker") // it is found once
    private final @Nullable Method method;

    Java21(String name, Class<?>... parameters) {
        this.method = find(name, parameters);
    }

    private static @Nullable Method find(String name, Class<?>... parameters) {
        try {
            return HttpClient.class.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** What the method gives; null where there is none. An interrupt while it waits is left in the thread. */
    @Nullable Object on(HttpClient client, Object... arguments) {
        try {
            return method == null ? null : method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                return null;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
