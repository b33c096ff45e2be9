package io.cruddur.obs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which peers are believed when they speak of others: a trace to go on with, or the address of the client behind them.
 * Immutable.
 */
public final class TrustedPeers {
    private static final List<String> PRIVATE = List.of(
            "127.0.0.0/8",
            "::1/128",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "169.254.0.0/16",
            "fc00::/7",
            "fe80::/10");

    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*(%[\\w.-]+)?");

    /** A block of addresses. */
    private static final class Block {
        private final byte[] prefix;
        private final int bits;

        Block(byte[] prefix, int bits) {
            this.prefix = prefix;
            this.bits = bits;
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (prefix[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Block> blocks;
    private final boolean all;

    private TrustedPeers(List<Block> blocks, boolean all) {
        this.blocks = blocks;
        this.all = all;
    }

    /** Loopback, private and link-local addresses: what stands before a service in its own network. */
    public static TrustedPeers privateNetworks() {
        return of(PRIVATE);
    }

    /**
     * The given blocks.
     *
     * @param specs {@code all}, {@code none}, {@code private}, addresses, or blocks such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException naming the one that cannot be read
     */
    public static TrustedPeers of(List<String> specs) {
        var blocks = new ArrayList<Block>();
        boolean all = false;
        for (String spec : specs) {
            switch (spec.strip()) {
                case "all" -> all = true;
                case "none" -> {}
                case "private" -> blocks.addAll(privateNetworks().blocks);
                default -> blocks.add(block(spec.strip()));
            }
        }
        return new TrustedPeers(List.copyOf(blocks), all);
    }

    private static Block block(String spec) {
        int slash = spec.indexOf('/');
        byte[] address = literal(slash < 0 ? spec : spec.substring(0, slash));
        String bits = slash < 0 ? "" : spec.substring(slash + 1);
        if (address == null || (slash >= 0 && !bits.matches("\\d{1,3}"))) {
            throw invalid(spec);
        }
        int prefix = slash < 0 ? address.length * 8 : Integer.parseInt(bits);
        if (prefix > address.length * 8) {
            throw invalid(spec);
        }
        return new Block(address, prefix);
    }

    private static IllegalArgumentException invalid(String spec) {
        return new IllegalArgumentException("The trusted peer '" + spec
                + "' cannot be read. Valid are all, none, private, an address, or a block such as 10.0.0.0/8.");
    }

    /** Whether the address, in its numeric form, is one of them. */
    public boolean trusts(String address) {
        if (all) {
            return true;
        }
        byte[] bytes = literal(address);
        if (bytes == null) {
            return false;
        }
        for (Block block : blocks) {
            if (block.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client's address: the socket's peer, unless that is trusted; then the first address that is not, from the
     * right of {@code X-Forwarded-For}, since only what trusted peers appended is true.
     *
     * @param peer the socket's peer
     * @param forwardedFor the header; several joined by a comma
     */
    public String clientAddress(String peer, @Nullable String forwardedFor) {
        if (forwardedFor == null || !trusts(peer)) {
            return peer;
        }
        String client = peer;
        String[] hops = forwardedFor.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = withoutPort(hops[i].strip());
            if (literal(hop) == null) {
                return client;
            }
            client = hop;
            if (!trusts(hop)) {
                return client;
            }
        }
        return client;
    }

    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    /** The bytes of a numeric address; null for anything else. A name is never looked up. */
    private static byte @Nullable [] literal(String text) {
        if (text.indexOf(':') < 0) {
            return ipv4(text);
        }
        if (text.length() > 64 || !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            int zone = text.indexOf('%');
            return InetAddress.getByName(zone < 0 ? text : text.substring(0, zone))
                    .getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Read here, since most requests have one; exact, since a number that is too large is a name to the JDK. */
    private static byte @Nullable [] ipv4(String text) {
        var bytes = new byte[4];
        int from = 0;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', from);
            int to = i < 3 ? dot : text.length();
            int octet = to < 0 ? -1 : octet(text, from, to);
            if (octet < 0) {
                return null;
            }
            bytes[i] = (byte) octet;
            from = to + 1;
        }
        return bytes;
    }

    /** 0 to 255 without leading zeros, which some read as octal; -1 for anything else. */
    private static int octet(String text, int from, int to) {
        int digits = to - from;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int octet = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            octet = octet * 10 + (c - '0');
        }
        return octet > 255 ? -1 : octet;
    }
}
