package io.cruddur.obs.delivery;

import java.io.IOException;

/** How failures are named in the log. */
final class Failures {
    private Failures() {}

    /** Without the message of anything but I/O: a library's complaint may repeat a secret that it was given. */
    static String nameOf(Throwable e) {
        return e instanceof IOException ? e.toString() : e.getClass().getName();
    }
}
