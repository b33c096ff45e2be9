package io.cruddur.obs.spring;

/** Where traces, logs and errors go. */
public enum Mode {
    /** One of the others, by what is on the class path and in the environment. */
    AUTO,

    /** To the console on this machine. */
    LOCAL,

    /** To X-Ray, CloudWatch Logs and Rollbar, as far as they are set. */
    AWS,

    /** Nowhere: nothing is recorded, no thread is started and no socket opened. */
    OFF
}
