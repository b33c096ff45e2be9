package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.W3C;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.cruddur.obs.console.internal.json.Json;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.node.ObjectNode;

/** A browser beside the console, and a story for it to show. */
abstract class WithBrowser extends WithConsole {

    static final int NARROW = 375;
    static final int WIDE = 1440;

    /** What the story's trace is called in the list. */
    static final String REQUEST = "GET /api/activities/notifications";

    private static @Nullable Chromium chromium;

    Visitor visitor;

    /** Started by the first test: a class that is skipped as a whole would not say why in the report. */
    private static Chromium chromium() {
        Chromium started = chromium;
        if (started == null) {
            started = Chromium.start();
            chromium = started;
        }
        return started;
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) chromium.close();
        chromium = null;
    }

    @BeforeEach
    void openVisitor() {
        setDefaultAssertionTimeout((double) ConsoleClient.PATIENCE.toMillis());
        visitor = chromium().visitor(WIDE, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeVisitor() {
        if (visitor != null) visitor.close();
    }

    /** With another window than the usual one. */
    void visit(int width, ColorScheme scheme) {
        visitor.close();
        visitor = chromium().visitor(width, scheme);
    }

    /** A trace over UDP, a log line of its inner span, an error in it. */
    void sendStory() {
        client.datagram(Documents.notifications().toString());
        new LogLines(client).put(line("three notifications"));
        ObjectNode error = Items.exception("1", "java.lang.IllegalStateException", "boom", "doBoom", 42);
        client.post("/api/1/item/", Items.inTrace(error, TRACE).toString());
    }

    /** Of {@code GET /number/N}. */
    void sendTrace(int number) {
        ObjectNode segment = Documents.segment(Documents.id(number), "backend-flask", 1_700_000_000, 1_700_000_001)
                .put("trace_id", Documents.trace(number));
        segment.putObject("http")
                .putObject("request")
                .put("method", "GET")
                .put("url", "http://localhost/number/" + number);
        client.datagram(segment.toString());
    }

    /** A log line of the story's inner span. */
    static String line(String message) {
        return Json.object()
                .put("level", "INFO")
                .put("message", message)
                .put("traceId", W3C)
                .put("spanId", Documents.id(3))
                .toString();
    }

    Locator panel() {
        return visitor.page.locator("#span-panel");
    }

    Locator row(String text) {
        return visitor.page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(text));
    }

    void assertNothingStrange() {
        Assertions.assertThat(visitor.complaints).isEmpty();
        Assertions.assertThat(visitor.strangers).isEmpty();
    }
}
