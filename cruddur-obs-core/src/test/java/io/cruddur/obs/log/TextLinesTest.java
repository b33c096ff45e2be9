package io.cruddur.obs.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.redact.Secrets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are taken out of what was logged, not of what is left when it is escaped. */
class TextLinesTest {
    private static final String KEY_ID = "AK" + "IA" + "ABCDEFGH".repeat(2);

    private final Secrets secrets = new Secrets();
    private final TextLines encoder = new TextLines(LineSettings.DEFAULT, secrets);

    private String line(String text, @Nullable Throwable thrown) {
        return Lines.utf8(
                Lines.encode(encoder, Lines.text(text, "", thrown), Lines.ROOMY).get(0));
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\r', '\t', '\u0000', '\u001b', '\u0085', '\u2028'})
    void aSecretBesideAControlCharacterIsTakenOut(char control) {
        String escaped = String.format("\\u%04x", (int) control);
        assertThat(line("id" + control + KEY_ID + control + "used", null))
                .isEqualTo("id" + escaped + "[redacted]" + escaped + "used");
        assertThat(line("failed", new IllegalStateException("id" + control + KEY_ID + control)))
                .startsWith(
                        "failed\njava.lang.IllegalStateException: id" + escaped + "[redacted]" + escaped + "\n\tat ");
    }

    @Test
    void aSecretEndsWithItsLineAndNotBehindIt() {
        assertThat(line("Cookie: a=b; c=d\nHost: x", null)).isEqualTo("Cookie: [redacted]\\u000aHost: x");
        assertThat(line("password=one\ntwo", new Exception("password=one\r\ntwo")))
                .startsWith(
                        "password=[redacted]\\u000atwo\njava.lang.Exception: password=[redacted]\\u000d\\u000atwo\n");
    }

    @Test
    void aSecretIsKnownByTheTypeThatNamesIt() {
        class WrongPassword extends Exception {
            private static final long serialVersionUID = 1;

            WrongPassword() {
                super("abcd1234");
            }
        }
        assertThat(line("failed", new WrongPassword())).contains("WrongPassword: [redacted]\n");
        assertThat(secrets.redactions()).isEqualTo(1);
    }
}
