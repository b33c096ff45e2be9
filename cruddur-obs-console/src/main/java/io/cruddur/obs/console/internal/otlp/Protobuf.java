package io.cruddur.obs.console.internal.otlp;

import io.cruddur.obs.console.internal.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Reads protobuf's wire format as the JSON that OTLP has for the same messages, so that there is one way from there. */
final class Protobuf {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    /** Of values within values; the messages around them are eight deep. */
    private static final int MAX_DEPTH = 100;

    /**
     * Two bytes are a message, and an object of some 200 bytes here: this many cost what the JSON of as many tokens does.
     * The 10,000 spans of the largest request have fewer at a dozen attributes each.
     */
    private static final int MAX_MESSAGES = 300_000;

    private final ByteBuffer in;
    private int depth;
    private int messages;

    private Protobuf(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws Malformed if the bytes are no such message */
    static ObjectNode read(byte[] bytes, Message message) throws Malformed {
        return new Protobuf(bytes).message(message, bytes.length);
    }

    private ObjectNode message(Message message, int end) throws Malformed {
        if (++depth > MAX_DEPTH) throw new Malformed("it is nested too deep");
        if (++messages > MAX_MESSAGES) throw new Malformed("it has more than " + MAX_MESSAGES + " parts");
        ObjectNode json = Json.object();
        while (in.position() < end) {
            long tag = varint(end);
            Field field = message.fields().get((int) (tag >>> 3));
            int wire = (int) tag & 7;
            if (field == null || wire != wireOf(field)) skip(wire, end);
            else put(json, field, wire, end);
        }
        depth--;
        return json;
    }

    /** The times are the one kind of number of 64 fixed bits here, the flags the one of 32. */
    private static int wireOf(Field field) {
        return switch (field.type()) {
            case TEXT, ID, MESSAGE, LIST -> BYTES;
            case DECIMAL -> FIXED64;
            case FLAG -> VARINT;
            case NUMBER ->
                field.name().endsWith("UnixNano") ? FIXED64 : field.name().equals("flags") ? FIXED32 : VARINT;
        };
    }

    private void put(ObjectNode json, Field field, int wire, int end) throws Malformed {
        switch (field.type()) {
            case TEXT -> json.put(field.name(), text(end));
            case ID -> json.put(field.name(), HexFormat.of().formatHex(bytes(end)));
            case NUMBER -> json.put(field.name(), number(wire, end));
            case DECIMAL -> json.put(field.name(), Double.longBitsToDouble(number(wire, end)));
            case FLAG -> json.put(field.name(), varint(end) != 0);
            case MESSAGE -> json.set(field.name(), inner(field, end));
            case LIST -> json.withArray(field.name()).add(inner(field, end));
        }
    }

    private ObjectNode inner(Field field, int end) throws Malformed {
        int length = length(end);
        return message(Objects.requireNonNull(field.message()), in.position() + length);
    }

    private long number(int wire, int end) throws Malformed {
        if (wire == VARINT) return varint(end);
        need(wire == FIXED64 ? 8 : 4, end);
        return wire == FIXED64 ? in.getLong() : in.getInt() & 0xFFFF_FFFFL;
    }

    private String text(int end) throws Malformed {
        int length = length(end);
        ByteBuffer text = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException invalid) {
            throw new Malformed("a text is not UTF-8");
        }
    }

    private byte[] bytes(int end) throws Malformed {
        byte[] bytes = new byte[length(end)];
        in.get(bytes);
        return bytes;
    }

    private void skip(int wire, int end) throws Malformed {
        switch (wire) {
            case VARINT -> varint(end);
            case FIXED64 -> move(8, end);
            case BYTES -> {
                int length = length(end);
                move(length, end);
            }
            case FIXED32 -> move(4, end);
            default -> throw new Malformed("a field is of a kind that there is not");
        }
    }

    private void move(int count, int end) throws Malformed {
        need(count, end);
        in.position(in.position() + count);
    }

    private int length(int end) throws Malformed {
        long length = varint(end);
        if (length < 0 || length > end - in.position()) throw new Malformed("it ends early");
        return (int) length;
    }

    private long varint(int end) throws Malformed {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1, end);
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) return value;
        }
        throw new Malformed("a number is too long");
    }

    private void need(int count, int end) throws Malformed {
        if (end - in.position() < count) throw new Malformed("it ends early");
    }

    /** The bytes are no message of that kind. */
    static final class Malformed extends Exception {
        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }
}
