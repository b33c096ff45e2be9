package io.cruddur.obs.rollbar;

import io.cruddur.obs.error.ClientAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client's address, or as much of it as may be said. */
final class Addresses {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})\\.\\d{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}(%.*)?");
    private static final int GROUPS_KEPT = 3;

    private Addresses() {}

    static @Nullable String of(@Nullable String address, ClientAddress how) {
        if (address == null || how == ClientAddress.OFF) {
            return null;
        }
        return how == ClientAddress.FULL ? address : anonymized(address);
    }

    /** The network alone; null for what is no address. */
    private static @Nullable String anonymized(String address) {
        var ipv4 = IPV4.matcher(address);
        if (ipv4.matches()) {
            return ipv4.group(1) + ".0";
        }
        return address.indexOf(':') >= 0 && IPV6.matcher(address).matches() ? network(address) : null;
    }

    /** The first 48 bits. */
    private static String network(String ipv6) {
        int gap = ipv6.indexOf("::");
        String known = gap < 0 ? ipv6 : ipv6.substring(0, gap);
        String[] groups = known.isEmpty() ? new String[0] : known.split(":", -1);
        var network = new StringBuilder();
        for (int i = 0; i < Math.min(GROUPS_KEPT, groups.length); i++) {
            network.append(groups[i]).append(':');
        }
        return network.isEmpty() ? "::" : network.append(':').toString();
    }
}
