package io.cruddur.obs;

/** What may be said about logs beyond where they go: {@code builder.logs(logs -> ...)}. Used by one thread. */
public final class LogOptions {
    LogOptions() {}
}
