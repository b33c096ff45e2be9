package io.cruddur.obs.capture;

/** Messages of the application's own read as long as a busy machine may need for it, where not the time is tested. */
public final class PatientReading {
    private PatientReading() {}

    /** Does it, with that patience. */
    public static void during(Runnable work) {
        Messages.waitAtMost(10_000);
        try {
            work.run();
        } finally {
            Messages.waitAtMost(Messages.LONGEST_MILLIS);
        }
    }
}
