package io.cruddur.obs.test;

import java.io.IOException;
import java.net.BindException;

/** Daemons that go away and come back at the same port. */
public final class ReturningDaemon {
    /** Below those that the system gives to whoever asks for any: else a socket of ours might get it meanwhile. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private ReturningDaemon() {}

    /** One at a port that stays free while it is away: another run of the tests begins to look elsewhere. */
    public static DaemonReceiver first() throws IOException {
        int ports = LAST - FIRST;
        int begin = (int) (ProcessHandle.current().pid() * 101 % ports);
        for (int i = 0; i < ports; i++) {
            try {
                return new DaemonReceiver(FIRST + (begin + i) % ports);
            } catch (BindException e) {
                // Somebody else's: the next.
                continue;
            }
        }
        throw new BindException("no port is free");
    }

    /** The same again. */
    public static DaemonReceiver again(String address) throws IOException {
        return new DaemonReceiver(Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    }
}
