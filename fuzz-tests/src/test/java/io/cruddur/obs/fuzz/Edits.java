package io.cruddur.obs.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Inputs with something changed, left out, repeated or put in from another. */
final class Edits {
    private static final int MAX_LENGTH = 1 << 16;

    private Edits() {}

    static byte[] of(List<byte[]> inputs, Random random) {
        byte[] edited = any(inputs, random).clone();
        for (int edits = 1 + random.nextInt(4); edits > 0 && edited.length > 0; edits--) {
            edited = edited(edited, inputs, random);
        }
        return edited;
    }

    private static byte[] edited(byte[] input, List<byte[]> inputs, Random random) {
        int at = random.nextInt(input.length);
        int to = at + random.nextInt(Math.min(64, input.length - at) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> with(input, at, (byte) random.nextInt());
            case 1 -> with(input, at, (byte) (input[at] ^ 1 << random.nextInt(8)));
            case 2 -> joined(input, 0, at, input, to, input.length);
            case 3 -> joined(input, 0, to, input, at, input.length);
            case 4 -> {
                byte[] other = any(inputs, random);
                yield joined(input, 0, at, other, random.nextInt(other.length + 1), other.length);
            }
            case 5 -> repeated(input, at, to, 1 + random.nextInt(200));
            default -> joined(input, 0, at, input, at, at);
        };
    }

    private static byte[] any(List<byte[]> inputs, Random random) {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private static byte[] with(byte[] input, int at, byte value) {
        byte[] changed = input.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] joined(byte[] one, int from, int to, byte[] other, int otherFrom, int otherTo) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(one, from, to - from);
        bytes.write(other, otherFrom, Math.min(otherTo - otherFrom, MAX_LENGTH));
        return bytes.toByteArray();
    }

    private static byte[] repeated(byte[] input, int at, int to, int times) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(input, 0, at);
        for (int i = 0; i < times && bytes.size() < MAX_LENGTH; i++) {
            bytes.write(input, at, to - at);
        }
        bytes.write(input, to, input.length - to);
        return bytes.toByteArray();
    }
}
