package io.cruddur.obs.redact;

import java.util.Random;

/** Secrets that nobody has: each is made of harmless pieces when it is asked for, and stands in no file. */
final class Canaries {
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ALPHANUMERIC = UPPER + "abcdefghijklmnopqrstuvwxyz0189";

    private final Random random;

    Canaries(long seed) {
        this.random = new Random(seed);
    }

    String of(String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (b, i) -> b.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }

    String alphanumeric(int length) {
        return of(ALPHANUMERIC, length);
    }

    String awsKeyId(String kind) {
        return kind + "IA" + of(UPPER, 16);
    }

    String webToken() {
        return "ey" + "J" + alphanumeric(30) + '.' + "ey" + "J" + alphanumeric(60) + '.' + alphanumeric(43);
    }

    /** A card number of a beginning and a length, with its check digit. */
    String card(String prefix, int length) {
        String digits = prefix + of("0123456789", length - prefix.length() - 1);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int value = i % 2 == 0 ? 2 * digit : digit;
            sum += value > 9 ? value - 9 : value;
        }
        return digits + (10 - sum % 10) % 10;
    }

    String inGroups(String card, char separator, int... sizes) {
        var grouped = new StringBuilder();
        int at = 0;
        for (int size : sizes) {
            grouped.append(at == 0 ? "" : separator).append(card, at, at + size);
            at += size;
        }
        return grouped.toString();
    }

    String privateKey(String kind, String lineEnd) {
        String word = "PRIVATE" + " KEY-----";
        return "-----BEGIN " + kind + word + lineEnd + alphanumeric(64) + lineEnd + alphanumeric(20) + "==" + lineEnd
                + "-----END " + kind + word;
    }
}
