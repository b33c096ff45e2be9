package io.cruddur.obs.test.logs;

import java.util.Map;

/**
 * What a call gets instead of its answer. Immutable.
 *
 * <p>What an answer says of itself is all a sender knows: with {@link #resetAfterTaking} and {@link #halfOpen} the events
 * are taken, and it cannot tell.
 */
public final class Fault {
    enum Kind {
        ANSWER,
        HANG,
        DRIP,
        RESET,
        RESET_AFTER_TAKING,
        HALF_OPEN
    }

    private static final Reply NOTHING = Reply.json(200, "{}");

    private final Kind kind;
    private final Reply reply;

    private Fault(Kind kind, Reply reply) {
        this.kind = kind;
        this.reply = reply;
    }

    /** Too many calls: the service says so with status 400. */
    public static Fault throttled() {
        return error(400, "ThrottlingException");
    }

    /** An error of the service's own, such as {@code 503} and {@code ServiceUnavailableException}. */
    public static Fault error(int status, String code) {
        return error(status, code, "because");
    }

    /** The same with a message. */
    public static Fault error(int status, String code, String message) {
        return new Fault(Kind.ANSWER, Reply.error(status, code, message));
    }

    /** Any answer, such as a proxy's. */
    public static Fault answer(int status, String contentType, String body) {
        return answer(status, contentType, body, Map.of());
    }

    /** Any answer with more headers, such as {@code Retry-After}. */
    public static Fault answer(int status, String contentType, String body, Map<String, String> headers) {
        return new Fault(Kind.ANSWER, new Reply(status, contentType, body, headers));
    }

    /** The call is read, and nothing ever comes back. */
    public static Fault hang() {
        return new Fault(Kind.HANG, NOTHING);
    }

    /** A byte of the answer every hundred milliseconds: no read of the caller's takes too long, the whole does. */
    public static Fault drip() {
        return new Fault(Kind.DRIP, Reply.json(200, "{\"nextSequenceToken\":\"" + "0".repeat(4_000) + "\"}"));
    }

    /** The connection is reset before the call is read. */
    public static Fault reset() {
        return new Fault(Kind.RESET, NOTHING);
    }

    /** The events are taken, then the connection is reset. */
    public static Fault resetAfterTaking() {
        return new Fault(Kind.RESET_AFTER_TAKING, NOTHING);
    }

    /** The events are taken, then one half of an answer comes, and no more: not even an end. */
    public static Fault halfOpen() {
        return new Fault(Kind.HALF_OPEN, NOTHING);
    }

    Kind kind() {
        return kind;
    }

    Reply reply() {
        return reply;
    }
}
