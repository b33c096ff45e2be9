package io.cruddur.obs.xray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private static AnswerReader reader(String answers) {
        return new AnswerReader(new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anAnswerHasAStatusHeadersAndABody() throws IOException {
        HttpAnswer answer = reader(
                        "HTTP/1.1 403 Forbidden\r\nX-Amzn-ErrorType:  Expired \r\nContent-Length: 3\r\n\r\nno!")
                .read();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("x-amzn-errortype")).isEqualTo("Expired");
        assertThat(answer.body()).isEqualTo("no!");
    }

    @Test
    void theBodyMayComeInChunksWithExtensionsAndTrailers() throws IOException {
        AnswerReader reader =
                reader(OK + "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n00A;name=value\r\n, chunked!\r\n"
                        + "0\r\nExpires: never\r\n\r\n" + OK + "Content-Length: 4\r\n\r\nnext");
        assertThat(reader.read().body()).isEqualTo("hello, chunked!");
        assertThat(reader.read().body()).isEqualTo("next");
    }

    @Test
    void whatComesBeforeTheAnswerIsPassedOver() throws IOException {
        HttpAnswer answer = reader("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK
                        + "Content-Length: 2\r\n\r\nok")
                .read();
        assertThat(answer.body()).isEqualTo("ok");
    }

    @Test
    void withoutALengthTheBodyEndsWithTheConnection() throws IOException {
        HttpAnswer answer = reader(OK + "\r\nup to the end").read();
        assertThat(answer.body()).isEqualTo("up to the end");
        assertThat(answer.header("connection")).isEqualTo("close");
    }

    @Test
    void noContentHasNoBody() throws IOException {
        AnswerReader reader = reader("HTTP/1.1 204 No Content\r\n\r\n" + OK + "Content-Length: 1\r\n\r\nx");
        assertThat(reader.read().body()).isEmpty();
        assertThat(reader.read().body()).isEqualTo("x");
    }

    static Stream<Arguments> notAnswers() {
        return Stream.of(
                Arguments.of("SSH-2.0-OpenSSH_9.2\r\n", "not an answer of HTTP/1.1"),
                Arguments.of("HTTP/2 200\r\n\r\n", "not an answer of HTTP/1.1"),
                Arguments.of("HTTP/1.1 \r\n\r\n", "not an answer of HTTP/1.1"),
                Arguments.of("HTTP/1.1 2x0 OK\r\n\r\n", "not a number of HTTP"),
                Arguments.of("HTTP/1.1 099 Odd\r\n\r\n", "not a status of HTTP"),
                Arguments.of(OK + "Content-Length: -1\r\n\r\n", "not a number of HTTP"),
                Arguments.of(OK + "Content-Length: 99999999999\r\n\r\n", "not a number of HTTP"),
                Arguments.of(OK + "Content-Length: 2000000\r\n\r\n", "more than 1 MB"),
                Arguments.of(OK + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n", "more than 1 MB"),
                Arguments.of(OK + "Transfer-Encoding: chunked\r\n\r\nG\r\n", "not a number of HTTP"),
                Arguments.of(OK + "a".repeat(20_000), "more than 16 KB"),
                Arguments.of(OK + "A: b\r\n".repeat(101) + "\r\n", "more than 100 headers"),
                Arguments.of(OK + "\r\n" + "x".repeat(1_100_000), "more than 1 MB"));
    }

    @ParameterizedTest
    @MethodSource("notAnswers")
    void whatIsNoAnswerIsRefusedInBounds(String sent, String reason) {
        assertThatThrownBy(reader(sent)::read).isInstanceOf(IOException.class).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                OK,
                OK + "Content-Length: 5\r\n\r\nfour",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n"
            })
    void oneThatEndsInItsMiddleIsNone(String sent) {
        assertThatThrownBy(reader(sent)::read).isInstanceOf(EOFException.class);
    }
}
