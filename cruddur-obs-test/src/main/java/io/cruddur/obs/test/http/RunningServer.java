package io.cruddur.obs.test.http;

/** A server that listens on the loopback address. */
public interface RunningServer extends AutoCloseable {
    /** Where it listens. */
    int port();

    @Override
    void close() throws Exception;
}
