package io.cruddur.obs.contract;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a service, or the network before it, does to a call. */
sealed interface Fault {
    /** Nothing: the call is handed on and its answer back. */
    Fault NONE = new Wire("none");

    /** Nobody listens. */
    Fault REFUSES = new Wire("refuses connections");

    /** The connection is reset as soon as it is there. */
    Fault RESETS = new Wire("resets after accept");

    /** The call is read, and never answered. */
    Fault HANGS = new Wire("hangs");

    /** The connection is there, and nothing is ever read from it. */
    Fault HALF_OPEN = new Wire("is half open");

    /** The answer comes byte by byte, and never ends. */
    Fault DRIPS = new Wire("drips");

    /** The answer ends in its middle, and the connection stays. */
    Fault STOPS = new Wire("stops within its answer");

    /** The answer is no HTTP. */
    Fault GARBAGE = new Wire("answers garbage");

    /** The answer of a proxy that asks to sign in. */
    Fault SIGN_IN_PAGE = new Answers(200, Map.of("Content-Type", "text/html"), "<html>Please sign in</html>");

    /** On the wire. */
    record Wire(String what) implements Fault {
        @Override
        public String toString() {
            return what;
        }
    }

    /** An answer in the place of the service's own. */
    record Answers(int status, Map<String, String> headers, String body) implements Fault {
        byte[] bytes() {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            var head = new StringBuilder("HTTP/1.1 " + status + " Because\r\nContent-Length: " + content.length
                    + "\r\nConnection: close\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
            byte[] all = new byte[start.length + content.length];
            System.arraycopy(start, 0, all, 0, start.length);
            System.arraycopy(content, 0, all, start.length, content.length);
            return all;
        }

        @Override
        public String toString() {
            return "answers " + status + ' ' + body;
        }
    }

    /** An answer to those calls alone whose body has a word in it. */
    record AnswersWhere(String word, Answers answer) implements Fault {}
}
