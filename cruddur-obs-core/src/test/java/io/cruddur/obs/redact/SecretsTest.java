package io.cruddur.obs.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.capture.CapturedValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final Canaries MADE = new Canaries(4711);

    private final Secrets secrets = new Secrets();

    /** A text whose part is a secret; the rest stays. */
    private record Hidden(String before, String secret, String behind) {
        @Override
        public String toString() {
            return before + "*".repeat(3) + behind;
        }
    }

    private static Hidden hidden(String before, String secret, String behind) {
        return new Hidden(before, secret, behind);
    }

    static Stream<Hidden> byForm() {
        String token = MADE.alphanumeric(40);
        return Stream.of(
                hidden("key ", MADE.awsKeyId("AK"), " used"),
                hidden("(", MADE.awsKeyId("AS"), ")"),
                hidden("line\\n", MADE.awsKeyId("AK"), "\\n"),
                hidden("jwt ", MADE.webToken(), "."),
                hidden("/reset/", MADE.webToken(), "/x"),
                hidden("cut ", "ey" + "J" + MADE.alphanumeric(20) + '.' + MADE.alphanumeric(9), "… (9 characters)"),
                hidden("", "gh" + "p_" + MADE.alphanumeric(36), ""),
                hidden("https://", "gh" + "o_" + MADE.alphanumeric(36), "@github.com/x"),
                hidden("<", "github" + "_pat_" + MADE.alphanumeric(22) + '_' + MADE.alphanumeric(59), ">"),
                hidden("", "xo" + "xb-12345-" + MADE.alphanumeric(24), "!"),
                hidden("", "sk" + "_live_" + MADE.alphanumeric(24), "'"),
                hidden("", "rk" + "_test_" + MADE.alphanumeric(24), "'"),
                hidden("a ", "AI" + "za" + MADE.alphanumeric(33) + "-_", " b"),
                hidden("", "glp" + "at-" + MADE.alphanumeric(20), " c"),
                hidden("", "np" + "m_" + MADE.alphanumeric(36), " d"),
                hidden("sent Bearer ", token, " along"),
                hidden("sent bearer ", "ab.c/d+e~1==", ", along"),
                hidden("card ", MADE.card("4", 16), " declined"),
                hidden("card ", MADE.card("4", 13), ", "),
                hidden("card ", MADE.card("34", 15), "."),
                hidden("card ", MADE.card("6011", 19), ""),
                hidden("card ", MADE.inGroups(MADE.card("51", 16), ' ', 4, 4, 4, 4), " 2029"),
                hidden("card ", MADE.inGroups(MADE.card("2221", 16), '-', 4, 4, 4, 4), " ok"),
                hidden("card ", MADE.inGroups(MADE.card("37", 15), ' ', 4, 6, 5), " ok"),
                hidden("card ", MADE.inGroups(MADE.card("36", 14), '-', 4, 6, 4), " ok"),
                hidden("postgres://app:", "hun/ter2".replace("/", ""), "@db:5432/cruddur"),
                hidden("x https://u:", "p@ss:w0rd", "@h/?a=b@c"),
                hidden("redis://u:", "pa/ss?w#rd", "@host:6379/0"),
                hidden("x://a:b://redis://u:", "pa/ss", "@host, y://h:1/z@"),
                hidden("sent BEARER ", token, " along"),
                hidden("sent Bearer%20", token, "&x"),
                hidden("sent bearer+", token, ""),
                hidden("id=1%20", MADE.awsKeyId("AK"), "%20"),
                hidden("%22", "gh" + "p_" + MADE.alphanumeric(36), "%22"),
                hidden("card%20", MADE.card("4", 16), "%20"),
                hidden("card%2C", MADE.card("4", 16), ""),
                hidden("card\\u0009", MADE.card("4", 16), "\\n"),
                hidden("\u001b[31m", MADE.awsKeyId("AK"), "\u001b[0m"),
                hidden("\u001b[1;38;5;196m", MADE.card("4", 16), "\u001b[m"),
                hidden("\\u001b[31m", MADE.webToken(), "\\u001b[0m"));
    }

    static Stream<Hidden> byName() {
        String any = MADE.alphanumeric(12);
        Stream<Hidden> forms = Stream.of(
                        "password",
                        "db.PASSWORD",
                        "passwd",
                        "userPwd",
                        "client_secret",
                        "token",
                        "access_token",
                        "X-Amz-Security-Token",
                        "X-Amz-Signature",
                        "X-Amz-Credential",
                        "AWSAccessKeyId",
                        "api_key",
                        "api-key",
                        "X-Api-Key",
                        "apiKey",
                        "sig",
                        "signature",
                        "aws_secret_access_key",
                        "SecretAccessKey",
                        "aws.sessionToken",
                        "id_jwt",
                        "password2",
                        "password_2",
                        "db.password.10",
                        "sessionid",
                        "JSESSIONID",
                        "client_secret_value",
                        "tokenValue")
                .flatMap(name -> Stream.of(
                        hidden("a " + name + "=", any, " b"),
                        hidden("/p?x=1&" + name + "=", any, "&y=2"),
                        hidden("f(" + name + "=", any, ")"),
                        hidden("{a=1, " + name + "=", any, ", b=2}"),
                        hidden(name + ": ", any, ""),
                        hidden(name + " = \"", any + " and more", "\", x"),
                        hidden("{\"" + name + "\":\"", any, "\",\"b\":1}"),
                        hidden("{\"" + name + "\" : \"", any + "\\\"" + any + "\\\\", "\"}"),
                        hidden("{\"b\":\"{\\\"" + name + "\\\":\\\"", any + "\\\\\\\"x", "\\\",\\\"c\\\":1}\"}"),
                        hidden("{\"" + name + "\":", "12345", ",\"b\":1}"),
                        hidden(name + " => '", any, "'"),
                        hidden(name + "=[", any, "] b")));
        Stream<Hidden> others = Stream.of(
                hidden("password=", "a,b;c)d", " e"),
                hidden("password=", "pré\uD800fix", "\n"),
                hidden("was cut: \"password\": \"", any + " to the end", ""),
                hidden("was cut: password='", any, "\nnext line"),
                hidden("GET /cb?code=", any, "&state=1"),
                hidden("GET /cb?state=1&code=", any, " HTTP"),
                hidden("Authorization: Bearer ", any, ""),
                hidden("authorization=[Basic ", any, "]"),
                hidden("\"Authorization\": \"token ", any, "\""),
                hidden("Proxy-Authorization: ", any, "\nHost: x"),
                hidden("{\"Authorization\":\"", "ApiKey id=" + any + ", key=" + any, "\",\"b\":1}"),
                hidden("Authorization: ", "ApiKey " + any, "\nHost: x"),
                hidden("Authorization: ", "AWS4-HMAC-SHA256 Credential=" + any + "/20261123/x, Signature=" + any, ""),
                hidden(
                        "Authorization: ",
                        "Digest username=\"a\", uri='/x y', response=\"" + any + "\", qop=auth",
                        "\r\n"),
                hidden("Authorization: Token ", "token=\"" + any + "\", nonce=\"" + any + "\"", "\n"),
                hidden("curl -H 'Authorization: ", "ApiKey " + any, "' http://h/"),
                hidden("{\"line\":\"Authorization: ", "ApiKey " + any, "\",\"b\":1}"),
                hidden("{\"l\":\"Authorization: ", "Digest response=\\\"" + any + "\\\", x=1", "\",\"b\":1}"),
                hidden("password=", "{bcrypt}$2a$10$" + any, " x"),
                hidden("password: ", "{" + any, "}"),
                hidden("pwd='", "{" + any + "}", "'"),
                hidden("passwords=[", any + ", " + any, "] b"),
                hidden("\"secrets\": [", "\"" + any + "\", \"x\"", "]"),
                hidden("credentials=", any, " b"),
                hidden("passwords: '", "123", "'"),
                hidden("password=\u001b[31m", any, "\u001b[0m"),
                hidden("/x?next=%2Fy%3Fpassword%3D", any, "%26b%3D1&c=d"),
                hidden("body=%7B%22token%22%3a%20%22", any + "%26" + any, "%22%7D"),
                hidden("api_key%3a+", any, " b"),
                hidden("Cookie: ", "a=" + any + "; b=c d", "\nHost: x"),
                hidden("{\"set-cookie\":\"", "a=b; Path=/", "\"}"));
        return Stream.concat(forms, others);
    }

    @ParameterizedTest
    @MethodSource({"byForm", "byName"})
    void aSecretIsTakenOutAndNothingAroundIt(Hidden hidden) {
        String text = hidden.before + hidden.secret + hidden.behind;

        String redacted = secrets.redact(text);

        // What ends a bare value in a URL is less than what ends one elsewhere.
        assertThat(redacted).startsWith(hidden.before + Redactor.MARK).doesNotContain(hidden.secret);
        assertThat(hidden.behind).endsWith(redacted.substring((hidden.before + Redactor.MARK).length()));
        assertThat(secrets.redactions()).isEqualTo(1);
        assertThat(secrets.redact(redacted)).as("again").isSameAs(redacted);
    }

    @Test
    void aPrivateKeyIsTakenOutBetweenItsLines() {
        for (String kind : List.of("", "RSA ", "EC ", "ENCRYPTED ", "OPENSSH ")) {
            for (String lineEnd : List.of("\n", "\r\n", "\\n", " ")) {
                String key = MADE.privateKey(kind, lineEnd);
                String redacted = secrets.redact("key " + key + " done");
                assertThat(redacted)
                        .startsWith("key -----BEGIN " + kind)
                        .endsWith(" done")
                        .hasSizeLessThan(110);
                // It was cut.
                assertThat(secrets.redact(key.substring(0, 90))).endsWith("KEY-----" + Redactor.MARK);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "started in 2.6 s",
                "[2026-Nov-22 16:00] 203.0.113.9 GET http /api/activities/home?term= 200",
                "2026-11-22 16:00:01.123 4111 request(s), 12 34 56 78 done",
                "trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7",
                "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
                "id 550e8400-e29b-41d4-a716-446655440000 and 44665544-0000-4000-8000-446655440000",
                "epoch 1795363200000 ms, 1795363200000000000 ns",
                "order 4111111111111112, amount 0.4111111111111111",
                "the token is valid, the password was changed, a secret stays a secret",
                "tokens: 3 of 4, passwords= 0, secrets: 12; credentials=[], tokenizer: fast, secretary: Ann, codec=utf8",
                "status code=500 code: E42 country_code=DE",
                "bearer authentication is required; Basic authentication too",
                "java.lang.IllegalStateException: key: none at io.cruddur.MonkeyJungleAdventures.startAgain",
                "\"password\":null, \"token\": true, secret: ****, password=",
                "arn:aws:lambda:us-east-1:123456789012:function:activities",
                "https://backend.example:8443/a@b?c=d&sigma=1",
                "http://[::1]:8080/a@b, jdbc:x://h:1/y, s3://bucket/a:b/c@d",
                "50% done, a%3Db, token%3Dnull%26b%3D1, %3D, 100%",
                "authorization: none given, Authorization=",
                "password={}, token={\"a\":1}, secret={a=1, b=2}, token: {",
                "jdbc:postgresql://db:5432/cruddur?user=app",
                "update users set password=?,token = ? where handle = ? and (secret=?)",
                "GET /boom;jsessionid=?page=2&size=3",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0",
                "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "io.cruddur.obs.delivery.Pipeline@1b2c3d4e waited 0:00:12.345678901",
                "-----BEGIN CERTIFICATE----- abc -----END CERTIFICATE-----",
                "grüße 日本語のログ \uD83D\uDE00 \uD800 tschüß: ok",
            })
    void ordinaryTextIsTheSameObject(String text) {
        assertThat(secrets.redact(text)).isSameAs(text);
        assertThat(secrets.redactions()).isZero();
    }

    @Test
    void severalSecretsAreTakenOutEach() {
        String text = "password=one token=two " + MADE.awsKeyId("AK") + " " + MADE.card("4", 16);

        assertThat(secrets.redact(text)).isEqualTo("password=[redacted] token=[redacted] [redacted] [redacted]");
        assertThat(secrets.redactions()).isEqualTo(4);
    }

    @Test
    void secretsThatOverlapAreTakenOutTogether() {
        String url = "password=https://u:" + MADE.awsKeyId("AK") + "@h/x";

        assertThat(secrets.redact(url)).isEqualTo("password=[redacted]");
        assertThat(secrets.redactions()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "password, true",
        "DB_PASSWORD, true",
        "spring.datasource.password, true",
        "Authorization, true",
        "Set-Cookie, true",
        "x-api-key, true",
        "sig, true",
        "sessionToken, true",
        "code, false",
        "tokens, false",
        "passwords, true",
        "credentials, true",
        "password_2, true",
        "JSESSIONID, true",
        "code2, false",
        "design, false",
        "traceId, false",
        "passwordless, false",
        "'', false",
    })
    void aNameMaySayThatItIsASecret(String name, boolean sensitive) {
        assertThat(secrets.isSensitive(name)).isEqualTo(sensitive);
    }

    @Test
    void whatASensitiveKeyNamesGoesWhole() {
        var map = Map.of("a", List.of(Map.of("apiKey", List.of("x", "y"), "b", "token=z"), 1L));

        assertThat(secrets.redactValue(map))
                .isEqualTo(Map.of("a", List.of(Map.of("apiKey", Redactor.MARK, "b", "token=" + Redactor.MARK), 1L)));
        assertThat(secrets.redactValue("pwd", 1234)).isEqualTo(Redactor.MARK);
        assertThat(secrets.redactValue("token", true)).isEqualTo(true);
        assertThat(secrets.redactValue("token", null)).isNull();
        assertThat(secrets.redactions()).isEqualTo(3);
        var clean = Map.of("a", List.of("b", 1L), "c", Map.of());
        assertThat(secrets.redactValue(clean)).isSameAs(clean);
    }

    @Test
    void aCardNumberMayBeANumber() {
        long card = Long.parseLong(MADE.card("4", 16));
        assertThat(secrets.redactValue("order", card)).isEqualTo(Redactor.MARK);
        assertThat(secrets.redactValue(List.of(1L, BigInteger.valueOf(card)))).isEqualTo(List.of(1L, Redactor.MARK));
        assertThat(secrets.redactValue(BigDecimal.valueOf(card))).isEqualTo(Redactor.MARK);
        var price = new BigDecimal("1E+1000000");
        assertThat(secrets.redactValue(price)).isSameAs(price);
        for (Number other :
                List.<Number>of(1_795_363_200_000L, -card, Long.MAX_VALUE, 4_111_111_111_111_112L, 0, 4.5)) {
            assertThat(secrets.redactValue("order", other)).isSameAs(other);
        }
    }

    @Test
    void anArrayOfCharactersIsReadAsTheTextThatItIs() {
        String key = MADE.awsKeyId("AK");
        assertThat(secrets.redactValue(CapturedValue.of(key.toCharArray()))).isEqualTo(List.of(Redactor.MARK));
        Object harmless = CapturedValue.of("harmless".toCharArray());
        assertThat(secrets.redactValue(harmless)).isSameAs(harmless);
        assertThat(secrets.redactValue("password", CapturedValue.of("abc".toCharArray())))
                .isEqualTo(Redactor.MARK);
    }

    @Test
    void theApplicationAddsPatternsAndNames() {
        var mine = new Secrets(List.of("EMP-\\d{6}", "pin (\\d{4})"), List.of("employee-no"));

        assertThat(mine.redact("EMP-123456, pin 1234, employeeNo: 77, employee_no=\"x\""))
                .isEqualTo("[redacted], pin [redacted], employeeNo: [redacted], employee_no=\"[redacted]\"");
        assertThat(mine.redact("EMP-12345")).isEqualTo("EMP-12345");
        assertThat(mine.isSensitive("the.Employee.No")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(a | 'missing closing )'",
                "(?=a)b | look-ahead",
                "(a)\\1 | reference back",
                "a* | where there is nothing"
            })
    void aPatternThatCannotBeUsedSaysWhy(String pattern, String why) {
        assertThatThrownBy(() -> new Secrets(List.of(pattern), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + pattern + "'")
                .hasMessageContaining(why);
    }

    @Test
    void aNameWithoutALetterSaysWhy() {
        assertThatThrownBy(() -> new Secrets(List.of(), Arrays.asList("-_-")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'-_-'");
    }
}
