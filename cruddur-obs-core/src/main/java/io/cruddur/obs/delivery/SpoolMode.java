package io.cruddur.obs.delivery;

/** When records are written to disk. */
public enum SpoolMode {
    /** Never: what waits does so in memory, and what does not fit is lost, the lowest level first. */
    OFF,

    /**
     * When the service does not take them, or memory is short. The end of the process by force loses at most what was
     * recorded within the linger and one attempt's time limit.
     */
    OVERFLOW,

    /** At once, before they are sent. The end of the process by force loses at most the last 50 ms. */
    WRITE_AHEAD;

    /**
     * The mode of that name.
     *
     * @param setting where it was written, for the message
     * @throws IllegalArgumentException with the valid names, if it is none
     */
    public static SpoolMode parse(String setting, String name) {
        for (SpoolMode mode : values()) {
            if (mode.name().replace('_', '-').equalsIgnoreCase(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(setting + " is '" + name + "'. Valid are overflow, write-ahead and off.");
    }
}
