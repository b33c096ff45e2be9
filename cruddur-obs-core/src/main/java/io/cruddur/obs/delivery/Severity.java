package io.cruddur.obs.delivery;

/** How much a record is worth when there is no room for all: the lowest goes first. */
public enum Severity {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
}
