package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.TRACE;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser, fed by a real console. */
class PageTest extends WithBrowser {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @Test
    void theKeyboardIsEnough() {
        sendStory();
        visitor.open(console);
        assertThat(visitor.link(REQUEST)).isVisible();

        visitor.page.keyboard().press("?");
        assertThat(visitor.page.locator("dialog")).isVisible();
        visitor.page.keyboard().press("Escape");
        assertThat(visitor.page.locator("dialog")).not().isVisible();

        visitor.page.keyboard().press("/");
        assertThat(visitor.page.getByRole(AriaRole.SEARCHBOX)).isFocused();
        visitor.page.keyboard().press("Escape");
        visitor.page.keyboard().press("j");
        assertThat(visitor.link(REQUEST)).isFocused();
        visitor.page.keyboard().press("Enter");

        assertThat(visitor.button("returning_mock_data")).isVisible();
        for (String key : new String[] {"j", "j", "j", "j", "k", "Enter"}) {
            visitor.page.keyboard().press(key);
        }
        assertThat(panel()).containsText("URI");
        visitor.page.keyboard().press("Escape");
        assertThat(visitor.button("notifications_activities")).isFocused();
        assertNothingStrange();
    }

    @Test
    void theFilterIsKeptInTheAddress() {
        sendTrace(1);
        sendTrace(2);
        visitor.open(console);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(2);

        Locator box = visitor.page.getByLabel("Filter traces");
        box.fill("/number/2");
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);
        visitor.page.reload();

        assertThat(box).hasValue("/number/2");
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);
        assertNothingStrange();
    }

    @Test
    void aFilterThatIsRefusedSaysWhyAndCanBeMended() {
        sendTrace(1);
        visitor.open(console);
        Locator box = visitor.page.getByLabel("Filter traces");

        box.fill("color=red");
        assertThat(visitor.page.getByText("The filter does not know color=.")).isVisible();
        box.fill("number");

        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);
    }

    @Test
    void theLawOfEachSinkIsShownAndWhetherItHolds() {
        client.post("/api/delivery", """
                {"service": "backend-flask", "process": "4711", "time": "2026-11-22T16:00:00Z", "sinks": [
                  {"name": "xray", "accepted": 12, "delivered": 9, "pending": 1, "lost": {"queue_full": 2}},
                  {"name": "rollbar", "accepted": 5, "delivered": 3, "pending": 1, "spooled": 1, "lost": {}}]}""");
        visitor.open(console);

        visitor.tab("Delivery").click();

        assertThat(row("xray")).containsText("queue_full 2");
        assertThat(row("xray")).containsText("balanced");
        assertThat(row("rollbar")).containsText("1 (1 on disk)");
        assertThat(row("rollbar")).containsText("off by 1");
        assertNothingStrange();
    }

    /** As a destination that refuses while records pend: nothing is lost, and still there is something to see. */
    @Test
    void theSpoolAndTheLastFailureOfEachSinkAreShownAsTheyChange() {
        postWaiting("2026-11-22T16:00:01Z", "");
        visitor.open(console);
        visitor.tab("Delivery").click();
        assertThat(row("rollbar")).containsText("1 (1 on disk)");
        assertThat(row("rollbar")).not().containsText("spool");
        assertThat(row("rollbar")).not().containsText("failure");

        String time = Instant.now().toString();
        postWaiting("2026-11-22T16:00:02Z", """
                , "spoolBytes": 2048, "lastFailure": {"time": "%s", "reason": "http_503 <b>"}""".formatted(time));

        assertThat(row("rollbar")).containsText("spool 2.0 KB");
        Locator failure = row("rollbar").locator(".note.warn");
        assertThat(failure).containsText("last failure: http_503 <b>");
        assertThat(failure.locator("[title]")).hasText(Pattern.compile("just now|\\d+ s ago"));
        assertThat(row("rollbar")).containsText("balanced");
        assertNothingStrange();
    }

    private void postWaiting(String time, String more) {
        client.post("/api/delivery", """
                {"service": "backend-flask", "process": "4711", "time": "%s", "sinks": [
                  {"name": "rollbar", "accepted": 5, "delivered": 4, "pending": 1, "spooled": 1, "lost": {}%s}]}""".formatted(time, more));
    }

    @Test
    void whatTheKernelDroppedAndWhatWasEvictedIsShown() {
        visitor.page.route(
                "**/api/delivery",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("""
                        {"processes": [], "rejectedDatagrams": 5, "datagramsOfFullTraces": 4, "droppedByKernel": 3, "kept":
                          {"traces": {"count": 2000, "maxCount": 2000, "bytes": 1, "maxBytes": 2, "evicted": 1234}}}""")));
        visitor.open(console);

        visitor.tab("Delivery").click();

        assertThat(visitor.page.locator(".own-end"))
                .hasText(Pattern.compile(
                        " 3 were dropped by the kernel,.*1 could not be read, and 4 found no room in their trace",
                        Pattern.DOTALL));
        assertThat(visitor.page.locator(".kept [data-label=evicted]")).hasText("1,234");
        assertNothingStrange();
    }

    @Test
    void aProcessThatReportsNoMoreIsToldFromThoseThatDo() {
        long now = System.currentTimeMillis();
        visitor.page.clock().setFixedTime(now);
        postWaiting("2026-11-22T16:00:01Z", "");
        visitor.open(console);
        visitor.tab("Delivery").click();
        assertThat(visitor.page.locator(".card .seen")).containsText("reported");
        assertThat(visitor.page.locator(".gone")).hasCount(0);

        visitor.page.clock().setFixedTime(now + 60_000);
        // Whatever draws anew, as the time does that passes.
        visitor.page.keyboard().press("p");

        assertThat(visitor.page.locator(".gone")).hasText("no longer reports");
        assertNothingStrange();
    }

    @Test
    void numbersSayWhatTheyAreAtEachBorder() {
        visitor.open(console);

        Assertions.assertThat(visitor.page.evaluate("""
                async () => {
                  const {duration, percent} = await import('/page/format.js');
                  return [...[0, 0.0004, 0.9996, 5.5, 9.996, 99.96, 999.4, 999.96, 59_994, 59_996, 119_999, -5].map(duration),
                    ...[0, 0.001, 0.05, 0.0999, 0.5, 0.994, 0.999, 1].map(percent)].join(', ');
                }"""))
                .isEqualTo("0, 0 µs, 1.00 ms, 5.50 ms, 10.0 ms, 100 ms, 999 ms, 1.00 s, 59.99 s, 1 min 0 s, 2 min 0 s,"
                        + " −5.00 ms, 0 %, < 1 %, 5.0 %, 10 %, 50 %, 99 %, > 99 %, 100 %");
    }

    @Test
    void aBrowserWithoutTheTokenIsToldWhatToDo() {
        visitor.open(console);
        assertThat(visitor.heading("Traces")).isVisible();

        visitor.forgetCookies();
        visitor.tab("Logs").click();

        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("Open the address that the console printed");
    }

    @ParameterizedTest
    @CsvSource({"375, LIGHT", "375, DARK", "1440, LIGHT", "1440, DARK"})
    void everyViewFitsItsWindow(int width, ColorScheme scheme) {
        visit(width, scheme);
        sendStory();
        visitor.open(console);
        assertThat(visitor.link(REQUEST)).isVisible();
        String fingerprint =
                client.json("/api/errors").at("/errors/0/fingerprint").asString();

        assertFits("traces", "/traces", "Traces");
        assertFits("trace", "/traces/" + TRACE + "?span=" + Documents.id(3), REQUEST);
        assertFits("map", "/map", "Map");
        assertFits("logs", "/logs", "Logs");
        assertFits("errors", "/errors", "Errors");
        assertFits("error", "/errors/" + fingerprint, "java.lang.IllegalStateException: boom");
        assertFits("delivery", "/delivery", "Delivery");
        assertNothingStrange();
    }

    private void assertFits(String name, String view, String heading) {
        visitor.page.navigate(console.address() + "/#" + view);
        assertThat(visitor.heading(heading)).isVisible();
        assertThat(visitor.page.locator(".loading")).not().isVisible();
        Assertions.assertThat(visitor.overhang()).as(name).isZero();
        visitor.screenshot(SCREENSHOTS.resolve(name + "-" + visitor.look() + ".png"));
    }
}
