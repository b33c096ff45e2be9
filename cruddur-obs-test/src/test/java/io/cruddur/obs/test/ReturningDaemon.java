package io.cruddur.obs.test;

import java.io.IOException;

/** Daemons that go away and come back at the same port. */
public final class ReturningDaemon {
    private ReturningDaemon() {}

    /** One at a port that stays free while it is away. */
    public static DaemonReceiver first() throws IOException {
        return ReturningPorts.first(DaemonReceiver::new);
    }

    /** The same again. */
    public static DaemonReceiver again(String address) {
        return ReturningPorts.again(portOf(address), DaemonReceiver::new);
    }

    /** The address of one that went away and does not come back. */
    public static String gone() throws IOException {
        try (DaemonReceiver daemon = first()) {
            return daemon.address();
        }
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }
}
