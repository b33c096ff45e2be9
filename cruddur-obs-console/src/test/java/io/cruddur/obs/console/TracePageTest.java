package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.W3C;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** One trace on the page, and the ways that lead to it. */
class TracePageTest extends WithBrowser {

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
            Pattern.compile("Level 3: returning_mock_data"),
            Pattern.compile("three notifications")
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
                .hasText(Pattern.compile("^at doBoom \\(Boom.java:42\\)\\s*at main \\(Main.java:1\\)$"));
        visitor.link(TRACE).click();
        assertThat(visitor.button("returning_mock_data")).isVisible();
        assertNothingStrange();
    }

    @Test
    void aSpanLeadsToTheErrorThatWasReportedInIt() {
        sendStory();
        ObjectNode segment = Documents.segment(Documents.id(9), "backend-flask", 1_700_000_000, 1_700_000_001)
                .put("trace_id", Documents.trace(9));
        segment.putObject("annotations").put("rollbar_uuid", "1");
        client.datagram(segment.toString());
        visitor.open(console);
        visitor.page.navigate(console.address() + "/#/traces/" + Documents.trace(9) + "?span=" + Documents.id(9));

        visitor.link("error 1").click();

        assertThat(visitor.heading("java.lang.IllegalStateException: boom")).isVisible();
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

        assertThat(panel().locator(".block").filter(new Locator.FilterOptions().setHasText("Annotations")))
                .containsText(hostile);
        assertThat(panel().locator("h4")).hasText(hostile);
        assertThat(panel().locator(".json")).containsText(hostile.replace("\"", "\\\""));
        assertThat(visitor.page.locator(".logs .message")).hasText(hostile);
        assertThat(visitor.page.locator(".errors a")).hasText(hostile);
        Assertions.assertThat(visitor.page.evaluate("window.hacked === undefined"))
                .isEqualTo(true);
        assertNothingStrange();
    }

    @Test
    void aTraceThatIsCutSaysSoAndWhatFoundNoRoomIsCounted() {
        client.post("/TraceSegments", Documents.put(large(1)));
        visitor.open(console);
        visitor.page.navigate(console.address() + "/#/traces/" + TRACE);
        assertThat(visitor.page.locator(".summary")).containsText("1 span");
        assertThat(visitor.page.locator(".cut")).hasCount(0);

        for (int from = 2; from < 131; from += 43) {
            client.post(
                    "/TraceSegments",
                    Documents.put(IntStream.range(from, from + 43)
                            .mapToObj(TracePageTest::large)
                            .toList()));
        }
        // What is refused comes alone, to a page that shows all before it: no other news can bring it along.
        int spans = 130;
        do {
            assertThat(visitor.page.locator(".summary")).containsText(spans + " spans");
            assertThat(visitor.page.locator(".cut")).hasCount(0);
        } while (isTaken(large(++spans)));
        assertThat(visitor.page.locator(".cut")).containsText("Not all of this trace is kept");

        client.datagram(large(200).toString());
        await().atMost(ConsoleClient.PATIENCE)
                .until(() -> client.json("/api/delivery")
                                .path("datagramsOfFullTraces")
                                .asInt()
                        == 1);
        visitor.tab("Delivery").click();
        assertThat(visitor.page.locator(".own-end")).containsText("0 could not be read, and 1 found no room");
        assertNothingStrange();
    }

    private boolean isTaken(ObjectNode document) {
        return client.post("/TraceSegments", Documents.put(document))
                .json()
                .path("UnprocessedTraceSegments")
                .isEmpty();
    }

    private static ObjectNode large(int number) {
        ObjectNode document = Documents.segment(Documents.id(number), "large", 1_700_000_000, 1_700_000_001);
        document.putObject("metadata").putObject("default").put("large", "x".repeat(60_000));
        return document;
    }

    @Test
    void occurrencesThatAreNotKeptAreCountedAndTheLinkToTheConsoleIsNoData() {
        for (int i = 0; i < 101; i++) {
            ObjectNode item = Items.inTrace(Items.message("u" + i, "boom"), TRACE);
            ((ObjectNode) item.at("/data/custom")).put("consoleUrl", "http://localhost:1/#/traces/" + TRACE);
            client.post("/api/1/item/", item.toString());
        }
        visitor.open(console);
        visitor.tab("Errors").click();
        visitor.link("boom").click();

        assertThat(visitor.page.locator(".occurrences tbody tr")).hasCount(100);
        assertThat(visitor.page.getByText("1 older, of which only the count is kept"))
                .isVisible();
        assertThat(visitor.heading("Custom data")).hasCount(0);
        assertNothingStrange();
    }

    @Test
    void aServiceWithAQuoteInItsNameLeadsToItsTraces() {
        String name = "a \"b\" \\ c";
        client.datagram(Documents.segment(Documents.id(1), name, 1_700_000_000, 1_700_000_001)
                .toString());
        sendTrace(2);
        visitor.open(console);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(2);

        visitor.page.getByLabel("Service").selectOption(name);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);
        visitor.tab("Map").click();
        visitor.page
                .locator(".map-table a")
                .filter(new Locator.FilterOptions().setHasText(name))
                .click();

        assertThat(visitor.page.getByLabel("Filter traces")).hasValue("service=\"a \\\"b\\\" \\\\ c\"");
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);
        assertNothingStrange();
    }

    private BoundingBox bar(int row) {
        return visitor.page.locator(".span-bar").nth(row).boundingBox();
    }
}
