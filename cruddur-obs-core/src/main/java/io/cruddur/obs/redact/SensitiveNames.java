package io.cruddur.obs.redact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Names of secrets, read from their end: {@code db.password} and {@code DB_PASSWORD} end as {@code password} does. Case
 * does not count, nor do {@code _}, {@code -} and {@code .}, nor a number behind it. Immutable.
 */
final class SensitiveNames {
    /** What a name says of its value. */
    enum Kind {
        NONE,
        /** It is a secret. */
        SECRET,
        /** It is several, unless it is their number. */
        SEVERAL,
        /** It is one, maybe behind the name of a scheme, which is none. */
        AUTHORIZATION,
        /** It is several, up to the end of the line. */
        COOKIE,
        /** It is one in the query of a URL. */
        IN_QUERY
    }

    private static final List<String> ENDINGS = List.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "jwt",
            "apikey",
            "accesskey",
            "accesskeyid",
            "accountkey",
            "privatekey",
            "secretkey",
            "signature",
            "amzcredential",
            "sessionid");

    /** Not {@code tokens}: they are counted more often than shown. */
    private static final List<String> PLURALS = List.of(
            "passwords", "passphrases", "secrets", "apikeys", "accesskeys", "privatekeys", "secretkeys", "credentials");

    private static final int ALPHABET = 36;
    private static final int SKIP = -1;
    private static final int FOREIGN = -2;
    private static final byte[] CODES = codes();

    /** A tree by letters, from the last to the first; at 0 begins all. */
    private short[] next = new short[ALPHABET * 64];

    /** By node: what a name is that ends so, and what one is that is no longer. */
    private final List<Kind> ending = new ArrayList<>();

    private final List<Kind> whole = new ArrayList<>();

    SensitiveNames(List<String> more) {
        addNode();
        for (String name : ENDINGS) {
            ending.set(node(name), Kind.SECRET);
            ending.set(node(name + "value"), Kind.SECRET);
        }
        PLURALS.forEach(name -> ending.set(node(name), Kind.SEVERAL));
        ending.set(node("authorization"), Kind.AUTHORIZATION);
        ending.set(node("cookie"), Kind.COOKIE);
        whole.set(node("sig"), Kind.SECRET);
        whole.set(node("code"), Kind.IN_QUERY);
        for (String name : more) {
            int node = node(name);
            if (node == 0) {
                throw new IllegalArgumentException(
                        "The sensitive name '" + name + "' has no letter or digit. Valid is one such as employee-id.");
            }
            ending.set(node, Kind.SECRET);
        }
    }

    private static byte[] codes() {
        byte[] codes = new byte[128];
        Arrays.fill(codes, (byte) FOREIGN);
        codes['_'] = SKIP;
        codes['-'] = SKIP;
        codes['.'] = SKIP;
        for (int i = 0; i < 10; i++) {
            codes['0' + i] = (byte) i;
        }
        for (int i = 0; i < 26; i++) {
            codes['a' + i] = (byte) (10 + i);
            codes['A' + i] = (byte) (10 + i);
        }
        return codes;
    }

    private static int code(char c) {
        return c < 128 ? CODES[c] : FOREIGN;
    }

    private int addNode() {
        ending.add(Kind.NONE);
        whole.add(Kind.NONE);
        if (next.length < ending.size() * ALPHABET) {
            next = Arrays.copyOf(next, 2 * next.length);
        }
        return ending.size() - 1;
    }

    private int node(String name) {
        int node = 0;
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = lower.length() - 1; i >= 0; i--) {
            int code = code(lower.charAt(i));
            if (code >= 0) {
                int at = node * ALPHABET + code;
                if (next[at] == 0) {
                    int added = addNode();
                    next[at] = (short) added;
                }
                node = next[at];
            }
        }
        return node;
    }

    /** Whether it is the name of a secret wherever it stands. */
    boolean match(String name) {
        Kind kind = kindBefore(name, name.length());
        return kind != Kind.NONE && kind != Kind.IN_QUERY;
    }

    /** What the name is that ends here, maybe with a number. */
    Kind kindBefore(String text, int end) {
        Kind kind = kindOf(text, end);
        int number = end;
        while (kind == Kind.NONE && number > 0 && isOfNumber(text.charAt(number - 1))) {
            number--;
        }
        return number == end ? kind : kindOf(text, number);
    }

    private static boolean isOfNumber(char c) {
        int code = code(c);
        return code == SKIP || (code >= 0 && code < 10);
    }

    private Kind kindOf(String text, int end) {
        int node = 0;
        for (int i = end - 1; i >= 0; i--) {
            int code = code(text.charAt(i));
            if (code == FOREIGN) {
                return whole.get(node);
            }
            if (code >= 0) {
                node = next[node * ALPHABET + code];
                if (node == 0) {
                    return Kind.NONE;
                }
                if (ending.get(node) != Kind.NONE) {
                    return ending.get(node);
                }
            }
        }
        return whole.get(node);
    }

    /** Where the name begins that ends here. */
    static int start(String text, int end) {
        int at = end;
        while (at > 0 && code(text.charAt(at - 1)) != FOREIGN) {
            at--;
        }
        return at;
    }
}
