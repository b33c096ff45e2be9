package io.cruddur.obs.spring.micrometer;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Whose connection a request came by, and what its header said, before Netty or Spring put the first address of that in
 * the connection's place.
 *
 * @param address the connection's; null over a Unix domain socket
 * @param forwardedFor the header; several joined by a comma
 */
record NettyPeer(
        @Nullable InetSocketAddress address, @Nullable String forwardedFor) {
    private static final boolean PRESENT =
            ClassUtils.isPresent("reactor.netty.http.server.HttpServerRequest", NettyPeer.class.getClassLoader());

    /** Null where the server is another. */
    static @Nullable NettyPeer of(Object request) {
        return PRESENT ? Netty.peer(request) : null;
    }

    /** Apart, since Netty need not be there. */
    private static final class Netty {
        static @Nullable NettyPeer peer(Object request) {
            if (!(request instanceof HttpServerRequest netty)) {
                return null;
            }
            List<String> values = netty.requestHeaders().getAll("X-Forwarded-For");
            return new NettyPeer(
                    netty.connectionRemoteAddress() instanceof InetSocketAddress address ? address : null,
                    values.isEmpty() ? null : String.join(",", values));
        }
    }
}
