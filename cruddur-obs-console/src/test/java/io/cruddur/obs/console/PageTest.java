package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.W3C;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.cruddur.obs.console.internal.json.Json;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The page in a real browser, fed by a real console. */
class PageTest extends WithConsole {

    private static final int NARROW = 375;
    private static final int WIDE = 1440;
    private static final String REQUEST = "GET /api/activities/notifications";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static Chromium chromium;

    private Visitor visitor;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
        setDefaultAssertionTimeout(ConsoleClient.PATIENCE.toMillis());
    }

    @AfterAll
    static void closeBrowser() {
        if (chromium != null) chromium.close();
    }

    @BeforeEach
    void openVisitor() {
        visitor = chromium.visitor(WIDE, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeVisitor() {
        visitor.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {NARROW, WIDE})
    void aTraceShowsItsNestedSpansLogLineAndError(int width) {
        visit(width, ColorScheme.LIGHT);
        sendStory();
        visitor.open(console);

        visitor.link(REQUEST).click();

        assertThat(visitor.heading(REQUEST)).isVisible();
        assertThat(visitor.page.locator(".ids")).containsText(TRACE);
        assertThat(visitor.page.locator(".ids")).containsText(W3C);
        assertThat(visitor.page.locator(".waterfall button")).hasText(new Pattern[] {
            Pattern.compile("Level 1: backend-flask"),
            Pattern.compile("Level 2: notifications_activities"),
            Pattern.compile("Level 3: returning_mock_data")
        });
        Assertions.assertThat(bar(1))
                .satisfies(outer -> Assertions.assertThat(bar(2))
                        .matches(inner -> inner.x > outer.x, "starts later")
                        .matches(inner -> inner.x + inner.width < outer.x + outer.width, "ends earlier"));

        visitor.button("notifications_activities").click();
        assertThat(panel()).containsText("URI");
        assertThat(panel()).containsText("/api/activities/notifications");
        visitor.page.keyboard().press("Escape");
        assertThat(panel()).not().isVisible();
        visitor.button("returning_mock_data").click();
        assertThat(panel().locator(".json")).containsText("notification results");
        assertThat(panel().locator(".json")).containsText("number: 1");

        assertThat(visitor.page.locator(".logs .message")).hasText("three notifications");
        assertThat(visitor.link("java.lang.IllegalStateException: boom")).isVisible();
        Assertions.assertThat(visitor.overhang()).isZero();
        assertNothingStrange();
    }

    @Test
    void anErrorLeadsToItsGroupAndFromThereToTheTrace() {
        sendStory();
        visitor.open(console);
        visitor.tab("Errors").click();

        visitor.link("java.lang.IllegalStateException: boom").click();

        assertThat(visitor.page.locator(".stack").first())
                .hasText(Pattern.compile("^at doBoom \\(Boom.java:42\\)\\s+at main \\(Main.java:1\\)$"));
        visitor.link(TRACE).click();
        assertThat(visitor.button("returning_mock_data")).isVisible();
        assertNothingStrange();
    }

    @Test
    void aLogLineLeadsToItsSpan() {
        sendStory();
        visitor.open(console);
        visitor.tab("Logs").click();

        visitor.page.locator(".logs a").click();

        assertThat(panel()).containsText("returning_mock_data");
        assertNothingStrange();
    }

    @Test
    void hostileTextIsShownAsText() {
        String hostile = "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\">'\"";
        ObjectNode segment = Documents.segment(Documents.id(1), "backend-flask", 1_700_000_000, 1_700_000_001);
        segment.putObject("http").putObject("request").put("method", "GET").put("url", "http://localhost/" + hostile);
        segment.putObject("annotations").put("note", hostile);
        segment.putObject("metadata").putObject(hostile).put(hostile, hostile);
        client.datagram(segment.toString());
        client.post(
                "/api/1/item/",
                Items.inTrace(Items.message("1", hostile), TRACE).toString());
        new LogLines(client).put(line(hostile));
        visitor.open(console);

        visitor.page.locator(".traces a").click();
        visitor.button("backend-flask").click();

        assertThat(panel().locator(".facts").nth(1)).containsText(hostile);
        assertThat(panel().locator("h4")).hasText(hostile);
        assertThat(panel().locator(".json")).containsText(hostile.replace("\"", "\\\""));
        assertThat(visitor.page.locator(".logs .message")).hasText(hostile);
        assertThat(visitor.page.locator(".errors a")).hasText(hostile);
        Assertions.assertThat(visitor.page.evaluate("window.hacked === undefined"))
                .isEqualTo(true);
        assertNothingStrange();
    }

    @Test
    void whatArrivesAppearsByItselfUnlessPaused() {
        visitor.open(console);
        assertThat(visitor.page.getByText("curl localhost:4567/api/activities/notifications"))
                .isVisible();
        assertThat(visitor.page.locator(".live.on")).isVisible();

        sendTrace(1);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);

        visitor.page.keyboard().press("p");
        sendTrace(2);
        assertThat(visitor.page.locator(".live")).containsText("1 new");
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);

        visitor.page.keyboard().press("p");
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(2);
        assertNothingStrange();
    }

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
        for (String key : new String[] {"j", "j", "j", "k", "Enter"}) {
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
    void aTraceIdOfEitherFormOpensItsTrace() {
        sendStory();
        visitor.open(console);
        Locator box = visitor.page.getByLabel("Filter traces");

        box.fill(W3C);
        box.press("Enter");

        assertThat(visitor.button("returning_mock_data")).isVisible();
        assertNothingStrange();
    }

    @Test
    void theLawOfEachSinkIsShownAndWhetherItHolds() {
        client.post("/api/delivery", """
                {"service": "backend-flask", "process": "4711", "time": "2026-11-22T16:00:00Z", "sinks": [
                  {"name": "xray", "accepted": 12, "delivered": 9, "pending": 1, "lost": {"queue_full": 2}},
                  {"name": "rollbar", "accepted": 5, "delivered": 3, "pending": 1, "lost": {}}]}""");
        visitor.open(console);

        visitor.tab("Delivery").click();

        assertThat(row("xray")).containsText("queue_full 2");
        assertThat(row("xray")).containsText("balanced");
        assertThat(row("rollbar")).containsText("off by 1");
        assertNothingStrange();
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
        String trace = "/traces/" + TRACE + "?span=" + Documents.id(3);
        String group = "/errors/"
                + client.json("/api/errors").at("/errors/0/fingerprint").asString();

        for (String view : new String[] {"/traces", trace, "/logs", "/errors", group, "/delivery"}) {
            visitor.page.navigate(console.address() + "/#" + view);
            assertThat(visitor.page.locator("main .loading")).not().isVisible();
            Assertions.assertThat(visitor.overhang()).as(view).isZero();
            String name = view.split("[/?]", 4)[1] + (view.indexOf('/', 1) < 0 ? "" : "-one");
            visitor.screenshot(SCREENSHOTS.resolve(name + "-" + width + "-" + scheme + ".png"));
        }
        assertNothingStrange();
    }

    private void visit(int width, ColorScheme scheme) {
        visitor.close();
        visitor = chromium.visitor(width, scheme);
    }

    /** A trace over UDP, a log line of its inner span, an error in it. */
    private void sendStory() {
        client.datagram(Documents.notifications().toString());
        new LogLines(client).put(line("three notifications"));
        var error = Items.exception("1", "java.lang.IllegalStateException", "boom", "doBoom", 42);
        client.post("/api/1/item/", Items.inTrace(error, TRACE).toString());
    }

    private void sendTrace(int number) {
        ObjectNode segment = Documents.segment(Documents.id(number), "backend-flask", 1_700_000_000, 1_700_000_001)
                .put("trace_id", Documents.trace(number));
        segment.putObject("http")
                .putObject("request")
                .put("method", "GET")
                .put("url", "http://localhost/number/" + number);
        client.datagram(segment.toString());
    }

    private static String line(String message) {
        return Json.object()
                .put("level", "INFO")
                .put("message", message)
                .put("traceId", W3C)
                .put("spanId", Documents.id(3))
                .toString();
    }

    private Locator panel() {
        return visitor.page.locator("#span-panel");
    }

    private Locator row(String name) {
        return visitor.page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    private BoundingBox bar(int row) {
        return visitor.page.locator(".span-bar").nth(row).boundingBox();
    }

    private void assertNothingStrange() {
        Assertions.assertThat(visitor.complaints).isEmpty();
        Assertions.assertThat(visitor.strangers).isEmpty();
    }
}
