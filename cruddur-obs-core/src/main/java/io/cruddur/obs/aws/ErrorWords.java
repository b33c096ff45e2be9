package io.cruddur.obs.aws;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The services' words for what went wrong, and what they mean. A word becomes a counter's key, so an answer that makes up
 * its own must not make up any key.
 */
public final class ErrorWords {
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,48}");
    private static final Set<String> THROTTLING = Set.of(
            "ThrottlingException",
            "Throttling",
            "ThrottledException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown");
    private static final Set<String> CREDENTIALS = Set.of(
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "AccessDenied",
            "AccessDeniedException",
            "NotAuthorized",
            "OptInRequired",
            "InvalidClientTokenId");
    private static final Set<String> OF_THE_CALL = Set.of(
            "InvalidParameterException",
            "InvalidParameterValue",
            "InvalidRequestException",
            "ValidationException",
            "SerializationException");

    private ErrorWords() {}

    /** Whether the service asks for fewer calls. */
    public static boolean isThrottling(String word) {
        return THROTTLING.contains(word);
    }

    /** Whether the service does not take who calls. */
    public static boolean isAboutCredentials(String word) {
        return CREDENTIALS.contains(word);
    }

    /** Whether what was sent is wrong, so that no retry helps. */
    public static boolean isAboutTheCall(String word) {
        return OF_THE_CALL.contains(word);
    }

    /** Whether what the word is about may succeed another time. */
    public static boolean isPassing(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return THROTTLING.contains(word)
                || Stream.of("throttl", "internal", "unavailable", "timeout", "limitexceeded")
                        .anyMatch(lower::contains);
    }

    /** The word if it can be one, else another. */
    public static String orElse(String word, String other) {
        return WORD.matcher(word).matches() ? word : other;
    }
}
