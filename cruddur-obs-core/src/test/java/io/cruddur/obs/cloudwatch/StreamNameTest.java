package io.cruddur.obs.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {
    private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();
    private static final Map<String, String> VALUES =
            Map.of("service", "backend flask", "host", "fe80::1*2", "pid", "17", "instance", "{date}");

    private static String name(String template) {
        return StreamName.of(template, VALUES).at(NOON);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "{service}, backend_flask",
        "{host}/{pid}, fe80__1_2/17",
        "{date}, 2026-11-23",
        "{pid}-{pid}-{date}-{date}, 17-17-2026-11-23-2026-11-23",
        "{instance}, _date_",
        "a {b, a {b",
        "$1\\{pid}, $1\\17",
    })
    void putsInWhatIsAskedFor(String template, String name) {
        assertThat(name(template)).isEqualTo(name);
    }

    @Test
    void theDateIsThatOfUtcAndNew24HoursLater() {
        StreamName stream = StreamName.of("{date}", VALUES);
        assertThat(stream.at(Instant.parse("2026-12-31T23:59:59.999Z").toEpochMilli()))
                .isEqualTo("2026-12-31");
        assertThat(stream.at(Instant.parse("2027-01-01T00:00:00Z").toEpochMilli()))
                .isEqualTo("2027-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{Host}", "{hostname}", "{}", "a{ pid }"})
    void anUnknownPlaceholderIsAnsweredWithThoseThatThereAre(String template) {
        assertThatThrownBy(() -> name(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(template)
                .hasMessageContaining("{date}, {host}, {instance}, {pid}, {service}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a*b", ":{pid}"})
    void aCharacterThatNoStreamHasIsSaid(String template) {
        assertThatThrownBy(() -> name(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without : and *");
    }

    @Test
    void aNameHas512CharactersWithTheDateInIt() {
        assertThat(name("x".repeat(502) + "{date}")).hasSize(512);
        assertThatThrownBy(() -> name("x".repeat(503) + "{date}"))
                .hasMessageContaining("1 to 512 characters")
                .hasMessageContaining("has 513");
    }

    /** Where a program runs must not keep it from starting. */
    @Test
    void aValueThatIsTooLongIsCut() {
        assertThat(StreamName.of("{host}-{pid}", Map.of("host", "h".repeat(10_000), "pid", "17"))
                        .at(NOON))
                .isEqualTo("h".repeat(255) + "-17");
    }
}
