package io.cruddur.obs.trace;

/** What part a span plays. */
public enum Kind {
    /** Answers a request from outside. */
    SERVER,
    /** Calls another service and waits for it. */
    CLIENT,
    /** Hands a message to a broker. */
    PRODUCER,
    /** Works on a message from a broker. */
    CONSUMER,
    /** Work inside the service. */
    INTERNAL;

    /** Whether the other side is another service: its segment, if it has one, is a child of this span. */
    public boolean isRemoteCall() {
        return this == CLIENT || this == PRODUCER;
    }
}
