package io.cruddur.obs.console.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What a terminal gets to see of a failure. */
class PrintableTest {

    @Test
    void whatIsNoTextIsWrittenByItsNumber() {
        assertThat(Printable.text("a\u001b[31m\u009b1m\u202eb\u0000\r\n\u2028\u007fé 日本 <b>"))
                .isEqualTo("a\\u001b[31m\\u009b1m\\u202eb\\u0000\\u000d\\u000a\\u2028\\u007fé 日本 <b>");
    }

    @Test
    void aFailureWithSuchAMessageIsPrintedAsItselfWithoutThem() {
        IllegalStateException failure =
                new IllegalStateException("outer", new IllegalArgumentException("For \"\u001b[31mred\""));

        Throwable printable = Printable.failure(failure);

        assertThat(printed(printable)).isEqualTo(printed(failure).replace("\u001b", "\\u001b"));
    }

    @Test
    void anyOtherFailureStaysWhatItIs() {
        IllegalStateException failure = new IllegalStateException("plain", new NullPointerException());

        assertThat(Printable.failure(failure)).isSameAs(failure);
    }

    @Test
    void aCircleOfCausesComesToAnEnd() {
        IllegalStateException first = new IllegalStateException("\u001b");
        first.initCause(new IllegalStateException("second", first));

        assertThat(printed(Printable.failure(first))).contains("\\u001b").doesNotContain("\u001b");
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
