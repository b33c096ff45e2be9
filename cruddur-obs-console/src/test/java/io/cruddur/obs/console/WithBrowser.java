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
import tools.jackson.databind.node.ArrayNode;
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

    /** A request that failed: a fault with its exception, log lines on the way, the error of the same trace. */
    void sendFailure() {
        ObjectNode root = Documents.segment(Documents.id(1), "backend-flask", 1_700_000_000, 1_700_000_000.2)
                .put("fault", true);
        ObjectNode http = root.putObject("http");
        http.putObject("request").put("method", "POST").put("url", "http://localhost:4567/api/it's");
        http.putObject("response").put("status", 500);
        ObjectNode work = Documents.span(Documents.id(2), "load_feed", 1_700_000_000.05, 1_700_000_000.15)
                .put("fault", true);
        ObjectNode exception = work.putObject("cause")
                .putArray("exceptions")
                .addObject()
                .put("id", Documents.id(9))
                .put("type", "java.lang.IllegalStateException")
                .put("message", "the feed is empty");
        ArrayNode stack = exception.putArray("stack");
        stack.addObject().put("path", "Feed.java").put("line", 42).put("label", "io.cruddur.backend.Feed.load");
        for (int i = 0; i < 5; i++) {
            stack.addObject().put("path", "Call.java").put("line", i).put("label", "org.springframework.Call.c" + i);
        }
        stack.addObject().put("path", "Main.java").put("line", 7).put("label", "io.cruddur.backend.Main.main");
        ObjectNode query = Documents.span(Documents.id(3), "cruddur@localhost", 1_700_000_000.06, 1_700_000_000.07)
                .put("namespace", "remote");
        query.putObject("sql").put("database_type", "PostgreSQL").put("sanitized_query", "SELECT 1 FROM activities");
        work.putArray("subsegments").add(query);
        root.putArray("subsegments").add(work);
        client.datagram(root.put("trace_id", TRACE).toString());
        new LogLines(client)
                .put(
                        failureLine("INFO", Documents.id(1), "2023-11-14T22:13:20.010Z", "loading the feed"),
                        failureLine("ERROR", Documents.id(2), "2023-11-14T22:13:20.120Z", "cannot load the feed"));
        ObjectNode error = Items.exception("1", "java.lang.IllegalStateException", "the feed is empty", "load", 42);
        client.post("/api/1/item/", Items.inTrace(error, TRACE, Documents.id(2)).toString());
    }

    static String failureLine(String level, String spanId, String time, String message) {
        ObjectNode line = Json.object()
                .put("timestamp", time)
                .put("level", level)
                .put("logger", "io.cruddur.backend.Feed")
                .put("message", message)
                .put("traceId", W3C)
                .put("spanId", spanId);
        line.putObject("fields").put("user", "andrewbrown");
        return line.toString();
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
