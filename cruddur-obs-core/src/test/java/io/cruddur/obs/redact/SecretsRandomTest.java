package io.cruddur.obs.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random texts of pieces that matter: the same as {@link Reference} says, and what was redacted once stays as it is. */
@Timeout(300)
class SecretsRandomTest {
    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final int TEXTS = THOROUGH ? 200_000 : 10_000;
    /** The same texts each time, and under {@code thorough} some that nobody has seen. */
    private static final long FIRST_SEED = THOROUGH ? System.nanoTime() : 1;

    private static final List<String> PIECES = List.of(
            "password",
            "Token",
            "api_key",
            "x-amz-credential",
            "sig",
            "code",
            "Authorization",
            "cookie",
            "pwd",
            "passwords",
            "credentials",
            "Value",
            "2",
            "_2",
            "%20",
            "%22",
            "%26",
            "%3D",
            "%3a",
            "+",
            "u:p",
            "BEARER",
            "ApiKey ",
            "Digest a=\"",
            "\u001b[31m",
            "\\u0009",
            "user",
            "=",
            "=",
            ":",
            ": ",
            " = ",
            " => ",
            "==",
            "\"",
            "\"",
            "'",
            "`",
            "\\\"",
            "\\\\\\\"",
            "\\",
            "\\n",
            " ",
            " ",
            "  ",
            "     ",
            "\t",
            "\n",
            ",",
            ";",
            ")",
            "}",
            "]",
            "[",
            "{",
            "(",
            "<",
            ">",
            "&",
            "?",
            "/",
            "@",
            "#",
            ".",
            "-",
            "_",
            "://",
            "http://",
            "Bearer ",
            "Basic ",
            "token ",
            "null",
            "true",
            "***",
            Redactor.MARK,
            "PRIVATE KEY-----",
            "-----BEGIN ",
            "-----END",
            "RSA ",
            " BLOCK",
            "ey" + "J",
            "gh" + "p_",
            "AI" + "za",
            "xo" + "xb-",
            "np" + "m_",
            "glp" + "at-",
            "sk" + "_live_",
            "github" + "_pat_",
            "AK" + "IA",
            "4",
            "37",
            "0",
            "x",
            "ü",
            "\uD800",
            "…");

    private final Random random = new Random();

    private String text(long seed) {
        random.setSeed(seed);
        var canaries = new Canaries(seed);
        var text = new StringBuilder();
        for (int pieces = random.nextInt(30); pieces >= 0; pieces--) {
            text.append(
                    switch (random.nextInt(12)) {
                        case 0 -> canaries.alphanumeric(random.nextInt(45));
                        case 1 -> canaries.of("0123456789", random.nextInt(20));
                        case 2 -> secret(canaries);
                        default -> PIECES.get(random.nextInt(PIECES.size()));
                    });
        }
        return text.toString();
    }

    private String secret(Canaries canaries) {
        return switch (random.nextInt(7)) {
            case 0 -> canaries.awsKeyId("AK");
            case 1 -> canaries.webToken();
            case 2 -> canaries.card("4", 16);
            case 3 -> canaries.inGroups(canaries.card("5" + (1 + random.nextInt(5)), 16), ' ', 4, 4, 4, 4);
            case 4 -> canaries.inGroups(canaries.card("37", 15), '-', 4, 6, 5);
            case 5 -> canaries.card("6", 16 + random.nextInt(4));
            default -> canaries.privateKey("", "\n");
        };
    }

    @Test
    void theSameAsTheReference() {
        var secrets = new Secrets();
        int redacted = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + TEXTS; seed++) {
            String text = text(seed);
            String safe = secrets.redact(text);
            assertThat(safe).as("of seed %d: %s", seed, text).isEqualTo(Reference.redact(text));
            redacted += safe.equals(text) ? 0 : 1;
        }
        assertThat(redacted).as("texts with a secret").isGreaterThan(TEXTS / 10);
    }

    @Test
    void theFilterMissesNothing() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + TEXTS; seed++) {
            String text = text(seed);
            int suspicion = Suspicion.of(text);
            for (Detector detector : List.of(
                    new Tokens(),
                    new CardNumbers(),
                    new UrlPasswords(),
                    new EncodedValues(new SensitiveNames(List.of())),
                    new NamedValues(new SensitiveNames(List.of())))) {
                if ((suspicion & detector.needs()) == 0) {
                    assertThat(detector.find(text, 0))
                            .as("of seed %d: %s", seed, text)
                            .isEqualTo(Range.NONE);
                }
            }
        }
    }
}
