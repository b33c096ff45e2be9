package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.TrustedPeers;
import io.cruddur.obs.spring.ForwardedHeaders;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Who has sent a reactive request, and whether that is somebody to believe. Where the application has a strategy for
 * forwarded headers, the client has to be trusted and not only the last proxy; and the client is the first stranger from
 * the right of the header, since Netty and Spring take the first from the left, which anybody can write. Thread-safe.
 *
 * @param peers whom to believe
 * @param forwarding who puts the header's address in the connection's place
 */
record ReactivePeers(TrustedPeers peers, ForwardedHeaders forwarding) {
    /** Of whom nothing is known: there is no address over a Unix domain socket. */
    private static final String UNKNOWN = "-";

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /**
     * Who it is.
     *
     * @param address by the trust rule
     * @param isTrusted whether its headers are believed
     * @param isForwarded whether the address is from the header
     */
    record Client(String address, boolean isTrusted, boolean isForwarded) {}

    Client client(ServerHttpRequest request) {
        String told = text(request.getRemoteAddress());
        if (forwarding == ForwardedHeaders.NONE) {
            return of(told, ReactiveRequest.joined(request, FORWARDED_FOR));
        }
        Object server = servers(request);
        NettyPeer netty = NettyPeer.of(server);
        if (netty != null) {
            Client client = of(text(netty.address()), netty.forwardedFor());
            boolean isTrusted = peers.trusts(client.address) && peers.trusts(told);
            return new Client(client.address, isTrusted, client.isForwarded);
        }
        if (forwarding == ForwardedHeaders.NATIVE && server.getClass().getName().startsWith("org.apache.catalina.")) {
            // Its valve goes from the right as well.
            return of(told, ReactiveRequest.joined(request, FORWARDED_FOR));
        }
        // Whatever the header began with.
        return new Client(told, peers.trusts(UNKNOWN), false);
    }

    /** The server's own request; itself where there is none, as in tests without a server. */
    private static Object servers(ServerHttpRequest request) {
        try {
            return ServerHttpRequestDecorator.getNativeRequest(request);
        } catch (RuntimeException e) {
            return request;
        }
    }

    private Client of(String peer, @Nullable String forwardedFor) {
        boolean isTrusted = peers.trusts(peer);
        String client = isTrusted ? peers.clientAddress(peer, forwardedFor) : peer;
        return new Client(client, isTrusted, !client.equals(peer));
    }

    private static String text(@Nullable InetSocketAddress address) {
        if (address == null) {
            return UNKNOWN;
        }
        // Spring makes one of the header's text, and asks no name server.
        return address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }
}
