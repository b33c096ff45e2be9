package io.cruddur.obs.console.internal.error;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of a group. Short plain ones stay as they are, all others become a hash, as Rollbar does over 40 characters. */
final class Fingerprint {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:-]{1,40}");

    private Fingerprint() {}

    static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : sha1(text);
    }

    /** SHA-1 because it is what Rollbar's own fingerprints are; nothing rests on its strength. */
    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-1", impossible);
        }
    }
}
