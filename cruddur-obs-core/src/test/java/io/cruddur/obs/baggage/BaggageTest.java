package io.cruddur.obs.baggage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaggageTest {
    private final AtomicInteger leftOut = new AtomicInteger();

    private Baggage parse(String header) {
        return Baggage.parse(header, leftOut::incrementAndGet);
    }

    private static Baggage with(Baggage baggage, String key, String value) {
        return Objects.requireNonNull(baggage.with(key, value), key);
    }

    private static String members(int count, String value) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i + "=" + value).collect(Collectors.joining(","));
    }

    @Test
    void readsMembersInTheirOrder() {
        Baggage baggage = parse("userId=alice,serverNode=DF%2028,isProduction=false,empty=");
        assertThat(baggage.asMap())
                .containsExactly(
                        entry("userId", "alice"),
                        entry("serverNode", "DF 28"),
                        entry("isProduction", "false"),
                        entry("empty", ""));
        assertThat(leftOut).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1;ttl=5,b=2",
                "a=1;p;q = 2 ; r=%20,b=2",
                "a = 1 , b = 2",
                "a=%C3%A9,b=%F0%9F%99%82",
                "a=x=y=z",
            })
    void whatIsNotChangedIsHandedOnAsItCame(String header) {
        assertThat(parse(header).toHeader()).isEqualTo(header.replaceAll(" *, *", ","));
        assertThat(leftOut).hasValue(0);
    }

    @Test
    void propertiesAreNoPartOfTheValue() {
        assertThat(parse("a= 1 ;ttl=5;x").asMap()).containsExactly(entry("a", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=%F0%9F%99%82 | \ud83d\ude42",
                "a=%c3%a9%C3%A9 | \u00e9\u00e9",
                "a=%FF | \ufffd",
                "a=%C3x | \ufffdx"
            })
    void percentCodesAreDecoded(String header, String value) {
        assertThat(parse(header).asMap()).containsExactly(entry("a", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "=1",
                "a b=1",
                "a\u00e9=1",
                "a=1 2",
                "a=\"1\"",
                "a=1\\2",
                "a=\u00e9",
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%4%41",
                "a=1;",
                "a=1;;b",
                "a=1;=b",
                "a=1;b=\u0000",
                "a=1\r\nb: 2",
                "a@b=1",
            })
    void aMalformedMemberIsLeftOutAndTheOthersStay(String member) {
        assertThat(parse("first=1," + member + ",last=2").toHeader()).isEqualTo("first=1,last=2");
        assertThat(leftOut).hasValue(1);
    }

    @Test
    void emptyMembersSayNothing() {
        assertThat(parse(" , ,a=1,\t,")).isEqualTo(parse("a=1"));
        assertThat(parse("")).isSameAs(Baggage.EMPTY);
        assertThat(leftOut).hasValue(0);
    }

    @Test
    void theLastOfSeveralWithOneKeyCounts() {
        assertThat(parse("a=1,b=2,a=3").toHeader()).isEqualTo("a=3,b=2");
        assertThat(leftOut).hasValue(1);
    }

    @Test
    void noControlCharacterIsHandedOn() {
        assertThat(parse("a\t=\t1;\tp\t=\t2").toHeader()).isEqualTo("a = 1; p = 2");
        assertThat(parse("a=%0D%0A").toHeader()).isEqualTo("a=%0D%0A");
    }

    /** CVE-2026-45292: another library held all the baggage that a caller cared to send. */
    @Test
    void cve202645292BaggageIsBounded() {
        Baggage many = parse(members(100_000, "1"));
        assertThat(many.asMap()).hasSize(64);
        assertThat(leftOut).hasValueGreaterThan(1);
        assertThat(parse("a=" + "x".repeat(10_000_000))).isSameAs(Baggage.EMPTY);
        assertThat(parse(",".repeat(10_000_000))).isSameAs(Baggage.EMPTY);
        assertThat(parse("a=1,b=" + "x".repeat(10_000_000)).toHeader()).isEqualTo("a=1");
        Baggage large = parse(members(63, "x".repeat(200)));
        assertThat(large.toHeader().length()).isBetween(7_900, 8_192);
    }

    @Test
    void asMuchAsW3cAsksForIsHandedOn() {
        String most = members(64, "x");
        assertThat(parse(most).toHeader()).isEqualTo(most);
        String largest = "a=" + "x".repeat(8_188) + ",b";
        assertThat(parse(largest).asMap().get("a")).hasSize(8_188);
        String exact = "a=" + "x".repeat(8_190);
        assertThat(parse(exact).toHeader()).isEqualTo(exact).hasSize(8_192);
    }

    @Test
    void entriesAreAddedReplacedAndRemoved() {
        Baggage baggage = with(with(with(Baggage.EMPTY, "a", "1"), "b", "2"), "a", "3");
        assertThat(baggage.toHeader()).isEqualTo("a=3,b=2");
        assertThat(baggage.without("a").toHeader()).isEqualTo("b=2");
        assertThat(baggage.without("a").without("b")).isSameAs(Baggage.EMPTY);
        assertThat(baggage.without("c")).isSameAs(baggage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a b,c;d=\"\\%", "\u0000\r\n\t\u001b", "\u00e9\u4e2d\ud83d\ude42"})
    void anyValueComesOutOfItsHeader(String value) {
        Baggage baggage = with(Baggage.EMPTY, "key", value);
        assertThat(baggage.toHeader()).matches("key=[!-~]*");
        assertThat(parse(baggage.toHeader()).asMap()).isEqualTo(Map.of("key", value));
        assertThat(leftOut).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a=b", "a,b", "a;b", "\u00e9", "a\r\nb", "a:b"})
    void aKeyThatIsNoneIsRefused(String key) {
        assertThat(Baggage.EMPTY.with(key, "1")).isNull();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Baggage full = parse(members(64, "1"));
        assertThat(full.with("k64", "1")).isNull();
        assertThat(with(full, "k63", "2").asMap()).hasSize(64);
        assertThat(Baggage.EMPTY.with("a", "x".repeat(8_190))).isNotNull();
        assertThat(Baggage.EMPTY.with("a", "x".repeat(8_191))).isNull();
        assertThat(Baggage.EMPTY.with("a", "\u00e9".repeat(1_366))).isNull();
        Baggage half = with(Baggage.EMPTY, "a", "x".repeat(8_000));
        assertThat(half.with("b", "x".repeat(187))).isNotNull();
        assertThat(half.with("b", "x".repeat(188))).isNull();
        assertThat(with(half, "a", "1").with("b", "x".repeat(8_000))).isNotNull();
        assertThat(with(half, "b", "1").without("a").with("c", "x".repeat(8_180)))
                .isNotNull();
    }

    @Test
    void valuesAreNotPrinted() {
        assertThat(with(Baggage.EMPTY, "user", "alice")).hasToString("Baggage[user]");
    }
}
