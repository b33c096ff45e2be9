package io.cruddur.obs.trace;

/** What part a span plays. */
public enum Kind {
    /** Answers a request from outside: a segment. */
    SERVER,
    /** Work inside the service. */
    INTERNAL
}
