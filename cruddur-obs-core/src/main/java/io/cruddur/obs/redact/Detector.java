package io.cruddur.obs.redact;

/** Finds one kind of secret. Thread-safe; a walk over all of a text's secrets takes linear time. */
interface Detector {
    /** The {@link Suspicion} without which there is none to find; all bits if it takes none. */
    default int needs() {
        return -1;
    }

    /**
     * The next secret: what is to be taken out, and nothing around it.
     *
     * @param from where the last one ended; 0 at first
     * @return a {@link Range} that is not empty and begins at or after {@code from}, or {@link Range#NONE}
     */
    long find(String text, int from);
}
