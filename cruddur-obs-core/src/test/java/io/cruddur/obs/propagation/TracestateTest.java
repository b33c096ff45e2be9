package io.cruddur.obs.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracestateTest {
    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
                "0tenant@system=a",
                "a_-*/b=c d",
                "a=!~+",
                "a=1, b=2 ,c=3",
                "a=1,,b=2",
                "a=1,a=2",
            })
    void whatOthersSayIsHandedOnAsItCame(String header) {
        assertThat(Tracestate.parse(header)).isSameAs(header);
    }

    @Test
    void asManyMembersAndCharactersAsW3cAsksForAreHandedOn() {
        assertThat(Tracestate.parse(members(32))).isEqualTo(members(32));
        String longest = "k".repeat(256) + "=" + "v".repeat(256);
        assertThat(Tracestate.parse(longest)).isEqualTo(longest);
        String large = longest + "," + "j".repeat(255) + "=v";
        assertThat(Tracestate.parse(large)).isEqualTo(large).hasSizeGreaterThan(512);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "' , ,', ''", "' a=1 ', a=1", "'a=1\t,\tb=2', 'a=1 , b=2'"})
    void spacesAroundAreNotHandedOnAndTabsAreSpaces(String header, String expected) {
        assertThat(Tracestate.parse(header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "=1",
                "a=",
                "a=b=c",
                "A=1",
                "_a=1",
                "a b=1",
                "a =1",
                "a=1;b\u0000",
                "a=1\r\nb=2",
                "a=\u00e9",
                "\u00e9=1",
                "a=1,b",
                "a=1\u007f",
            })
    void aMalformedOneIsDropped(String header) {
        assertThat(Tracestate.parse(header)).isNull();
    }

    @Test
    void anOversizedOneIsDropped() {
        assertThat(Tracestate.parse(members(33))).isNull();
        assertThat(Tracestate.parse("k".repeat(257) + "=v")).isNull();
        assertThat(Tracestate.parse("k=" + "v".repeat(257))).isNull();
        assertThat(Tracestate.parse("a=1" + " ".repeat(2_048))).isNull();
    }
}
