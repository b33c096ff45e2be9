package io.cruddur.obs.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.capture.Utf8Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A long text is cut before its secrets are taken out. */
class CutsTest {
    private static final Canaries MADE = new Canaries(815);

    private final Secrets secrets = new Secrets();

    @ParameterizedTest
    @ValueSource(ints = {64, 300, 8_192, 65_536})
    void noPartOfASecretIsLeftWhereverATextIsCut(int maxChars) {
        for (String secret : new String[] {
            MADE.awsKeyId("AK"),
            MADE.webToken(),
            "gh" + "p_" + MADE.alphanumeric(36),
            MADE.inGroups(MADE.card("4", 16), ' ', 4, 4, 4, 4),
            "https://u:" + MADE.alphanumeric(20) + "!@h/",
            "password=" + MADE.alphanumeric(30),
            "\"password\":\"" + MADE.alphanumeric(8) + ' ' + MADE.alphanumeric(8) + '"',
            MADE.privateKey("", "\n")
        }) {
            for (int before = maxChars - secret.length() - 30; before <= maxChars; before++) {
                String text = "a word, ".repeat(maxChars / 8 + 1).substring(0, Math.max(0, before))
                        + ' '
                        + secret
                        + " and more".repeat(20);
                assertNoPart(secret, secrets.redact(CapturedValue.shortened(text, maxChars)), before);
                assertNoPart(secret, secrets.redact(Utf8Limit.shortened(text, maxChars)), before);
            }
        }
    }

    private static void assertNoPart(String secret, String safe, int before) {
        for (int i = 0; i + 8 <= secret.length(); i++) {
            String part = secret.substring(i, i + 8);
            if (part.chars().filter(Character::isLetterOrDigit).count() == 8 && !part.equals("password")) {
                assertThat(safe).as("%s at %d", secret, before).doesNotContain(part);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'one two three', 9, 'one two'",
        "'pay 4111 1111 11', 14, pay",
        "'\"a\":\"b\",\"c\":\"defg\"', 17, '\"a\":\"b\",\"c\":\"'",
        "'one two', 7, 'one two'",
    })
    void aWordIsLeftOutThatWouldBeCut(String text, int end, String kept) {
        assertThat(text.substring(0, Cuts.before(text, end)).strip()).isEqualTo(kept);
    }

    @Test
    void aWordWithoutEndIsCut() {
        assertThat(Cuts.before("x".repeat(1_000), 900)).isEqualTo(900);
        assertThat(Cuts.before("/xyz".repeat(1_000), 902)).isEqualTo(901);
    }
}
