package io.cruddur.obs.rollbar;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.error.Breadcrumb;
import io.cruddur.obs.error.ClientAddress;
import io.cruddur.obs.error.ErrorRecord;
import io.cruddur.obs.error.Folded;
import io.cruddur.obs.error.Person;
import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.test.RollbarSchema;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SpanIds;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Items against Rollbar's documented schema, and byte by byte against a set of files that people have looked at. Where one
 * differs, what was written lies in {@code target/golden}.
 */
class ItemContractTest {
    private static final SpanIds NO_TRACE = new SpanIds(0, 0, 0);
    private static final SpanIds TRACE = new SpanIds(0x5759e988bd862e3fL, 0xe1be46a994272793L, 0x53995c3f42cd8ad8L);

    private static final ItemSettings PLAIN = ItemSettings.DEFAULT;
    private static final ItemSettings ALL = new ItemSettings(
            "spring-boot 4.1.2",
            "backend/src/main/java",
            List.of("io.cruddur"),
            "eu-central-1",
            URI.create("http://127.0.0.1:2000/"),
            ClientAddress.ANONYMIZED,
            ItemSettings.DEFAULT_BYTES,
            false);

    enum Golden {
        MESSAGE(PLAIN) {
            @Override
            ErrorRecord record() {
                return error(null, "Hello World!", NO_TRACE, null);
            }
        },
        EXCEPTION(PLAIN) {
            @Override
            ErrorRecord record() {
                return error(exception("boom", null, List.of()), null, NO_TRACE, null);
            }
        },
        EVERYTHING(ALL) {
            @Override
            ErrorRecord record() {
                CapturedException cause = exception(null, null, List.of());
                return everything(exception("outer", cause, List.of(exception("not closed", null, List.of()))));
            }
        },
        FOLDED(ALL) {
            @Override
            ErrorRecord record() {
                return error(exception("boom", null, List.of()), "while saving", TRACE, new Folded(9_940, 0, 59_999));
            }
        },
        HOSTILE(PLAIN) {
            @Override
            ErrorRecord record() {
                return error(
                        exception("lone \uD83D, \"quoted\"\n\u0000 </script>", null, List.of()), null, NO_TRACE, null);
            }
        };

        final ItemSettings settings;

        Golden(ItemSettings settings) {
            this.settings = settings;
        }

        abstract ErrorRecord record();

        String file() {
            return name().toLowerCase(java.util.Locale.ROOT) + ".json";
        }
    }

    private static CapturedException exception(
            @Nullable String message, @Nullable CapturedException cause, List<CapturedException> suppressed) {
        return new CapturedException(
                1,
                "java.lang.IllegalStateException",
                message,
                List.of(
                        new StackTraceElement("io.cruddur.backend.Home", "all", "Home.java", 42),
                        new StackTraceElement("java.lang.Thread", "run", "Thread.java", -2),
                        new StackTraceElement("io.cruddurious.Other", "main", null, 1)),
                0,
                cause,
                suppressed);
    }

    private static ErrorRecord error(
            @Nullable CapturedException exception, @Nullable String message, SpanIds ids, @Nullable Folded folded) {
        return new ErrorRecord(
                "00000000-0000-4000-8000-000000000001",
                1_795_400_223_123L,
                "error",
                null,
                message,
                exception,
                false,
                Map.of(),
                null,
                null,
                null,
                null,
                "main",
                List.of(),
                ids,
                ids.isTraced(),
                folded);
    }

    private static ErrorRecord everything(CapturedException exception) {
        var custom = new LinkedHashMap<String, @Nullable Object>();
        custom.put("activity", "a1");
        custom.put("share", Double.NaN);
        custom.put("nothing", null);
        custom.put("password", "rosebud");
        custom.put("nested", Map.of("list", List.of(1, true, "x")));
        return new ErrorRecord(
                "00000000-0000-4000-8000-000000000002",
                1_795_400_223_123L,
                "critical",
                "Saving failed",
                "while saving",
                exception,
                true,
                custom,
                new Person("u1", "andrew", "andrew@example.com"),
                new HttpRequest("POST", "http://h/api?token=", "203.0.113.9", "curl/8", false),
                "POST /api/activities",
                "saving",
                "http-1",
                List.of(
                        new Breadcrumb(
                                1_795_400_223_000L, "info", Breadcrumb.Kind.LOG, "looking up", "app.Home", 0, -1),
                        new Breadcrumb(1_795_400_223_050L, "info", Breadcrumb.Kind.SPAN, "query", null, 0, 1.25),
                        new Breadcrumb(
                                1_795_400_223_100L,
                                "error",
                                Breadcrumb.Kind.CALL,
                                "users",
                                "GET http://users/u1",
                                503,
                                20)),
                TRACE,
                true,
                null);
    }

    private static byte[] written(Golden golden, Redactor redactor) {
        var settings = new RollbarSettings(
                "token",
                RollbarSettings.DEFAULT_ENDPOINT,
                "production",
                "backend-flask",
                "1.2.3",
                Duration.ofSeconds(5),
                golden.settings,
                null);
        return new ItemWriter(settings, redactor, new ServerFacts("web4", null, "0.1.0")).write(golden.record());
    }

    @ParameterizedTest
    @EnumSource
    void anItemIsAsRollbarsReferenceSays(Golden golden) {
        byte[] item = written(golden, Redactor.NONE);
        assertThat(RollbarSchema.errors(JsonMapper.shared().readTree(item))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anItemIsTheOneThatPeopleHaveLookedAt(Golden golden) throws IOException {
        byte[] item = written(golden, Redactor.NONE);
        assertThat(new String(item, StandardCharsets.UTF_8)).isEqualTo(expected(golden, item));
    }

    private static String expected(Golden golden, byte[] item) throws IOException {
        Path seen = Files.createDirectories(Path.of("target", "golden"));
        Files.write(seen.resolve(golden.file()), item);
        try (InputStream file = ItemContractTest.class.getResourceAsStream(golden.file())) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aShortenedItemIsOneTooAndHasWhatCounts(Golden golden) {
        byte[] item = written(golden, Redactor.NONE);
        List<byte[]> shorter = new ArrayList<>();
        for (int most = item.length - 1; most > 0; most = most * 2 / 3) {
            shorter.add(ShorterItem.of(item, most));
        }
        assertThat(shorter).allSatisfy(bytes -> {
            var node = JsonMapper.shared().readTree(bytes);
            assertThat(RollbarSchema.errors(node)).isEmpty();
            assertThat(node.at("/data/uuid").asString()).hasSize(36);
        });
    }
}
