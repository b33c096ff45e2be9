package io.cruddur.obs.xray;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the X-Ray daemon listens: for datagrams, and over TCP for calls to the service. The names are not looked up here:
 * that may take long, and may change.
 *
 * @param host where datagrams go: a name, an IPv4 address or an IPv6 address
 * @param port 1 to 65535
 * @param tcpHost where calls go
 * @param tcpPort 1 to 65535
 */
public record DaemonAddress(String host, int port, String tcpHost, int tcpPort) {
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
            return of(text, parts[0], parts[0]);
        }
        String udp = parts.length == 2 ? pick(parts, "udp:") : null;
        String tcp = pick(parts, "tcp:");
        if (udp == null || tcp == null) {
            throw invalid(text, "");
        }
        return of(text, udp, tcp);
    }

    private static @Nullable String pick(String[] parts, String prefix) {
        for (String part : parts) {
            if (part.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                return part.substring(prefix.length());
            }
        }
        return null;
    }

    private static DaemonAddress of(String text, String udp, String tcp) {
        return new DaemonAddress(host(text, udp), port(text, udp), host(text, tcp), port(text, tcp));
    }

    private static String host(String text, String part) {
        int colon = part.lastIndexOf(':');
        String host = colon < 0 ? "" : part.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (!bracketed && host.indexOf(':') >= 0) || host.indexOf('/') >= 0) {
            throw invalid(text, "");
        }
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String part) {
        int port;
        try {
            port = Integer.parseInt(part.substring(part.lastIndexOf(':') + 1));
        } catch (NumberFormatException e) {
            throw invalid(text, " The port is not a number.");
        }
        if (port < 1 || port > 65_535) {
            throw invalid(text, " The port is not between 1 and 65535.");
        }
        return port;
    }

    private static IllegalArgumentException invalid(String text, String detail) {
        return new IllegalArgumentException(
                "The X-Ray daemon's address '" + text + "' cannot be read." + detail + " " + VALID_FORMS);
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        String udp = shown(host, port);
        String tcp = shown(tcpHost, tcpPort);
        return udp.equals(tcp) ? udp : "tcp:" + tcp + " udp:" + udp;
    }

    private static String shown(String host, int port) {
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
    }
}
