package io.cruddur.obs.console.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void moreTokensThanTheLimitAreRefused() throws Json.NotJson {
        assertThat(Json.parse(numbers(200_000))).hasSize(200_000);
        assertThatThrownBy(() -> Json.parse(numbers(250_001))).isInstanceOf(Json.NotJson.class);
    }

    private static byte[] numbers(int count) {
        return ("[" + "0,".repeat(count - 1) + "0]").getBytes(StandardCharsets.US_ASCII);
    }
}
