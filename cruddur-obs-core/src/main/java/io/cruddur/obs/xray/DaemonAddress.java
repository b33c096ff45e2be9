package io.cruddur.obs.xray;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the X-Ray daemon listens for datagrams. The name is not looked up here: that may take long, and may change.
 *
 * @param host a name, an IPv4 address or an IPv6 address in brackets
 * @param port 1 to 65535
 */
public record DaemonAddress(String host, int port) {
    private static final String VALID_FORMS =
            "Valid forms are host:port, such as 127.0.0.1:2000, and tcp:host:port udp:host:port.";

    /**
     * Reads the forms of {@code AWS_XRAY_DAEMON_ADDRESS}.
     *
     * @throws IllegalArgumentException with the valid forms, if it is neither
     */
    public static DaemonAddress parse(String text) {
        String[] parts = text.strip().split("\\s+");
        if (parts.length == 1) {
            return hostAndPort(text, parts[0]);
        }
        String udp = parts.length == 2 ? pick(parts, "udp:") : null;
        if (udp == null || pick(parts, "tcp:") == null) {
            throw invalid(text, "");
        }
        return hostAndPort(text, udp);
    }

    private static @Nullable String pick(String[] parts, String prefix) {
        for (String part : parts) {
            if (part.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                return part.substring(prefix.length());
            }
        }
        return null;
    }

    private static DaemonAddress hostAndPort(String text, String part) {
        int colon = part.lastIndexOf(':');
        String host = colon < 0 ? "" : part.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (!bracketed && host.indexOf(':') >= 0) || host.indexOf('/') >= 0) {
            throw invalid(text, "");
        }
        int port;
        try {
            port = Integer.parseInt(part.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw invalid(text, " The port is not a number.");
        }
        if (port < 1 || port > 65_535) {
            throw invalid(text, " The port is not between 1 and 65535.");
        }
        return new DaemonAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    private static IllegalArgumentException invalid(String text, String detail) {
        return new IllegalArgumentException(
                "The X-Ray daemon's address '" + text + "' cannot be read." + detail + " " + VALID_FORMS);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
