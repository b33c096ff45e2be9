package io.cruddur.obs.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.OtlpObs;
import io.cruddur.obs.Span;
import io.cruddur.obs.aws.platform.Platform;
import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.redact.Secrets;
import io.cruddur.obs.test.otlp.ReceivedSpan;
import io.cruddur.obs.trace.Adjustments;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SqlCall;
import io.cruddur.obs.trace.TraceRecord;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no caller should say, and some do. */
@Timeout(60)
class HostileSpansTest {

    @Test
    @NullUnmarked
    void whatIsNullIsLeftOut() {
        ReceivedSpan span = Encoded.of(obs -> {
                    try (Span root = obs.trace("root").server().start()) {
                        root.annotate(null, "no key").annotate("none", (String) null);
                        root.metadata("n", null, null).metadata("m", null);
                        root.http(new HttpRequest(null, null, null, null, false))
                                .httpResponse(200, -1);
                        root.sql(new SqlCall(null, null, null, null, null, null, null));
                        root.aws(new AwsCall(null, null, null, null, null, null, List.of(), -1));
                        root.exception(null).user(null);
                    }
                })
                .only();
        assertThat(span.name()).isEqualTo("root");
        assertThat(span.text("null")).isEqualTo("no key");
        assertThat(span.attribute("url.path")).isEmpty();
        assertThat(span.text("db.system.name")).isEqualTo("other_sql");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?",
                "://",
                "http://",
                "http://h:99999999/",
                "http://[::1",
                "a\nb",
                "jdbc:oracle:thin:@//h:1521/x",
                "//////",
                "http://h?[redacted]#[redacted]"
            })
    void noAddressIsTooOdd(String url) {
        Encoded encoded = Encoded.of(obs -> obs.trace("root").server().run(root -> {
            root.http(new HttpRequest("GET", url, url, url, false));
            obs.trace("call").client().run(call -> call.http(new HttpRequest("GET", url, url, url, false)));
            obs.trace("query").client().run(call -> call.sql(SqlCall.of(url).withUrl(url)));
        }));
        assertThat(encoded.spans()).hasSize(3);
    }

    @Test
    void aLongAddressIsTakenApartAtOnce() {
        String url = "http://" + "a@:".repeat(30_000) + "/?".repeat(30_000);
        assertThat(Encoded.of(obs -> obs.trace("root").server().run(root -> {
                            root.http(new HttpRequest("GET", url, null, null, false));
                            root.sql(SqlCall.of("SELECT 1").withUrl("jdbc:x:" + url));
                        }))
                        .spans())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyUnicodeMakesASpanThatCanBeReadAndIsNotTooLarge(long seed) {
        var random = new Random(seed);
        Encoded encoded = Encoded.of(obs -> {
            for (int i = 0; i < 50; i++) {
                try (Span root = obs.trace(text(random, 300)).start()) {
                    int count = random.nextInt(60);
                    for (int k = 0; k < count; k++) {
                        root.annotate(text(random, 20), text(random, 2_000));
                        root.metadata(text(random, 5), text(random, 20), Map.of("k", List.of(text(random, 3_000))));
                    }
                    root.exception(new IllegalStateException(text(random, 9_000)));
                }
            }
        });
        assertThat(encoded.spans()).hasSize(50);
        for (ReceivedSpan span : encoded.spans()) {
            assertThat(span.span().getSerializedSize()).isLessThanOrEqualTo(64_000);
            assertThat(span.span().getAttributesList().stream().map(KeyValue::getKey))
                    .doesNotHaveDuplicates()
                    .doesNotContain("");
        }
    }

    private static String text(Random random, int most) {
        var text = new StringBuilder();
        int chars = random.nextInt(most);
        for (int i = 0; i < chars; i++) {
            text.append((char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    @Test
    void whatIsSaidOfTheProcessHoldsNoSecret() {
        var resource = new OtlpResource(
                "shop",
                null,
                null,
                null,
                () -> Platform.UNKNOWN,
                null,
                null,
                Map.of("api_key", "Qk7word", "note", "Bearer " + "Qk7".repeat(9)));
        try (var sink = new OtlpSink(OtlpSettings.xray("eu-central-1", resource), new Adjustments(), new Secrets())) {
            var records = new ArrayList<TraceRecord>();
            try (var obs = OtlpObs.recording(records::add)) {
                obs.trace("span").run(span -> {});
            }
            var parts = new ArrayList<EncodedRecord>();
            sink.encode(records.get(0), parts::add);
            assertThat(new String(parts.get(0).bytes(), StandardCharsets.ISO_8859_1))
                    .contains("[redacted]")
                    .doesNotContain("Qk7");
        }
    }
}
