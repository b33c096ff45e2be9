package io.cruddur.obs.servlet;

import io.cruddur.obs.capture.CapturedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client that hung up from a failure. Some servers say it by the class; the others throw what an operating system
 * says, in words that a database or another service may also be the subject of: then the server's own code has to be what
 * threw it.
 */
final class Disconnect {
    private static final int MAX_CAUSES = 16;
    private static final int MAX_FRAMES = 64;

    /** Tomcat's, Jetty's, and Spring's for an answer that can no longer be written. By name: none need be there. */
    private static final Set<String> CLASSES = Set.of(
            "org.apache.catalina.connector.ClientAbortException",
            "org.eclipse.jetty.io.EofException",
            "org.springframework.web.context.request.async.AsyncRequestNotUsableException");

    private static final List<String> WORDS = List.of(
            "broken pipe",
            "connection reset",
            "connection was aborted",
            "connection was forcibly closed",
            "remote peer closed connection");

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.");

    private static final List<String> SERVERS = List.of(
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.tomcat.",
            "org.eclipse.jetty.",
            "io.undertow.",
            "io.netty.",
            "org.xnio.");

    /** Where Spring MVC leaves what its own handlers have dealt with; of a client that is gone it throws nothing on. */
    private static final String HANDLED_BY_SPRING = "org.springframework.web.servlet.DispatcherServlet.EXCEPTION";

    private Disconnect() {}

    /** Whether a framework has noticed that the client is gone, and let the request end as if it were not. */
    static boolean wasHandled(HttpServletRequest request) {
        return request.getAttribute(HANDLED_BY_SPRING) instanceof Throwable thrown && isCauseOf(thrown);
    }

    /** Whether that, or what it was caused by, says that the client is gone. */
    static boolean isCauseOf(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        // Bounded, since causes can go round in a circle.
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof IOException && (isOfClass(cause) || isServersWord(cause))) {
                return true;
            }
            cause = CapturedException.cause(cause);
        }
        return false;
    }

    private static boolean isOfClass(Throwable thrown) {
        for (Class<?> type = thrown.getClass(); type != Throwable.class && type != null; type = type.getSuperclass()) {
            if (CLASSES.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isServersWord(Throwable thrown) {
        return (thrown instanceof ClosedChannelException || saysSo(thrown.getMessage()))
                && isThrownByServer(thrown.getStackTrace());
    }

    private static boolean saysSo(@Nullable String message) {
        if (message == null) {
            return false;
        }
        String words = message.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(words::contains);
    }

    /** Below the JDK's own sockets lies the code whose connection it was. */
    private static boolean isThrownByServer(StackTraceElement[] stack) {
        for (int i = 0; i < stack.length && i < MAX_FRAMES; i++) {
            String type = stack[i].getClassName();
            if (JDK.stream().noneMatch(type::startsWith)) {
                return SERVERS.stream().anyMatch(type::startsWith);
            }
        }
        return false;
    }
}
