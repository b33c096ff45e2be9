package io.cruddur.obs.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "/search | term=cats | /search?term=",
                "/get | X-Amz-Signature=s3cr3t&b=2&c | /get?X-Amz-Signature=&b=",
                "/get | s3cr3t | /get",
                "/get | =s3cr3t | /get",
                "/get | a=1=2&&b= | /get?a=&b=",
                "/get | - | /get",
            })
    void aQueryKeepsItsNamesAndNoValue(String path, String query, String expected) {
        assertThat(Urls.pathAndQueryNames(path, query)).isEqualTo(expected);
    }

    @Test
    void whatCouldForgeALineIsEscaped() {
        assertThat(ControlCharacters.escape("a\r\nb\u001b[31mc\u202ed\u2028e\u0085f"))
                .isEqualTo("a\\u000d\\u000ab\\u001b[31mc\\u202ed\\u2028e\\u0085f");
        assertThat(ControlCharacters.escape("plain é ✓")).isEqualTo("plain é ✓");
    }
}
