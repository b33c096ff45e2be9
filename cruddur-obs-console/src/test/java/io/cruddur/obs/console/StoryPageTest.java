package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.TRACE;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.cruddur.obs.console.internal.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** One failing request, from the list to its spans, its logs and its error, and back. */
class StoryPageTest extends WithBrowser {

    @ParameterizedTest
    @CsvSource({"1440, LIGHT", "375, DARK"})
    void theStoryOfOneFailingRequest(int width, ColorScheme scheme) {
        visit(width, scheme);
        sendFailure();
        sendTrace(7);
        visitor.open(console);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(2);

        visitor.page.getByLabel("Outcome").selectOption("fault");
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);
        visitor.page.locator(".traces a").click();

        // The waterfall: spans, and the log lines within them at their time.
        assertThat(visitor.page.locator(".waterfall [data-row]")).hasText(new String[] {
            "Level 1: backend-flask",
            "loading the feed",
            "Level 2: load_feed",
            "Level 3: cruddur@localhost",
            "cannot load the feed"
        });
        // The root decides the end after its only child and before it, which the query divides again.
        assertThat(visitor.page.locator(".waterfall .critical")).hasCount(5);
        visitor.page.locator(".waterfall").getByText("cannot load the feed").click();
        assertThat(panel().locator(".said-here[open]")).containsText("andrewbrown");
        assertThat(panel().locator(".frame.own")).hasCount(2);
        assertThat(panel().locator(".stack summary")).hasText("5 frames of org.springframework");
        assertThat(panel().locator(".stack details .frame").first()).not().isVisible();
        visitor.page.keyboard().press("Escape");

        // To the error, and from its occurrence back to the span.
        visitor.link("java.lang.IllegalStateException: the feed is empty").click();
        assertThat(visitor.page.locator(".occurrences tbody tr")).hasCount(1);
        visitor.link(TRACE).click();
        assertThat(panel()).containsText("load_feed");
        visitor.page.keyboard().press("Escape");

        // To its log lines, and from one of them back.
        visitor.page.goBack();
        visitor.link("Its logs").click();
        assertThat(visitor.page.locator(".logs tbody tr")).hasCount(2);
        visitor.page.locator(".logs .link a").last().click();
        assertThat(panel().getByRole(AriaRole.HEADING).first()).hasText("backend-flask");
        Assertions.assertThat(visitor.overhang()).isZero();
        assertNothingStrange();
    }

    @Test
    void aFieldOfALogLineIsAFilter() {
        sendFailure();
        new LogLines(client).put("another line");
        visitor.open(console);
        visitor.tab("Logs").click();
        assertThat(visitor.page.locator(".logs tbody tr")).hasCount(3);

        visitor.page.locator(".logs summary").filter(text("cannot load")).click();
        visitor.page.locator(".pick").filter(text("andrewbrown")).first().click();

        assertThat(visitor.page.locator(".logs tbody tr")).hasCount(2);
        assertThat(visitor.page.getByLabel("Filter log lines")).hasValue("user=andrewbrown");
        visitor.page.getByLabel("Level").selectOption("ERROR");
        assertThat(visitor.page.locator(".logs tbody tr")).hasCount(1);
        visitor.button("Clear").click();
        assertThat(visitor.page.locator(".logs tbody tr")).hasCount(3);
        assertNothingStrange();
    }

    @Test
    void fieldsOfAnyNameAndValueAreFilters() {
        new LogLines(client)
                .put(
                        "{\"message\":\"wanted\",\"@version\":\"1\",\"city\":\"caf\\u00e9\",\"ratio\":1.0,\"user\":\"u1\"}",
                        "{\"message\":\"other\",\"@version\":\"2\",\"city\":\"x\",\"ratio\":2,\"user\":\"u10\"}");
        visitor.open(console);
        for (String field : new String[] {"@version=1", "city=café", "ratio=1", "user=u1"}) {
            // A filter is there already, in which the new one is the beginning of a word.
            visitor.page.navigate(console.address() + "/#/logs?q=-user%3Du10x");
            assertThat(visitor.page.locator(".logs tbody tr")).hasCount(2);
            Locator wanted = visitor.page.locator(".line").filter(text("wanted"));
            if (wanted.getAttribute("open") == null) wanted.locator("summary").click();

            wanted.locator("[title='Show the lines with " + field.replace("=", " = ") + "']")
                    .click();

            assertThat(visitor.page.getByLabel("Filter log lines")).hasValue("-user=u10x " + field);
            assertThat(visitor.page.locator(".logs tbody tr")).hasCount(1);
        }
        assertNothingStrange();
    }

    @Test
    void aDeletionThatFailsIsToldOnItsButton() {
        sendFailure();
        visitor.open(console);
        visitor.tab("Delivery").click();
        visitor.page.route("**/api/data", route -> route.abort());

        visitor.button("Delete all data").click();
        visitor.button("Really delete? Press again").click();

        assertThat(visitor.button("Nothing is deleted. The console does not answer."))
                .isVisible();
        assertThat(visitor.page.locator("#announcer")).containsText("Nothing is deleted");
        assertThat(visitor.button("Delete all data")).isVisible();
        assertThat(visitor.page.locator(".kept tbody tr").first()).containsText("1 of 2,000");
    }

    @Test
    void aTraceIsCopiedAsACommandAndDownloaded() throws IOException {
        visitor.allowClipboard(console);
        sendFailure();
        visitor.open(console);
        visitor.page.locator(".traces a").click();

        visitor.stopTime();
        visitor.button("Copy as cURL").click();
        assertThat(visitor.page.locator(".action.done")).hasCount(1);
        Assertions.assertThat(visitor.page.evaluate("navigator.clipboard.readText()"))
                .isEqualTo("curl -i -X POST 'http://localhost:4567/api/it'\\''s'");
        Download download =
                visitor.page.waitForDownload(() -> visitor.link("Download JSON").click());
        Assertions.assertThat(download.suggestedFilename()).isEqualTo("trace-" + TRACE + ".json");
        try (InputStream file = download.createReadStream()) {
            Assertions.assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"documents\":", TRACE, "load_feed");
        }
        assertNothingStrange();
    }

    @Test
    void spansFoldAndTheAddressRemembers() {
        sendFailure();
        visitor.open(console);
        visitor.page.locator(".traces a").click();
        assertThat(visitor.page.locator(".waterfall [data-row]")).hasCount(5);

        visitor.page.locator("#span-" + Documents.id(2)).focus();
        visitor.page.keyboard().press("ArrowLeft");
        assertThat(visitor.page.locator(".waterfall [data-row]")).hasCount(3);
        visitor.page.getByLabel("Logs (2)").uncheck();
        assertThat(visitor.page.locator(".waterfall [data-row]")).hasCount(2);
        visitor.page.reload();
        assertThat(visitor.page.locator(".waterfall [data-row]")).hasCount(2);
        visitor.page.locator(".chevron.folded").click();
        assertThat(visitor.page.locator(".waterfall [data-row]")).hasCount(3);
        assertNothingStrange();
    }

    @Test
    void coloursCanBeChosenAndAreKept() {
        visitor.open(console);

        visitor.button("Colours: auto").click();
        visitor.button("Colours: light").click();
        assertThat(visitor.page.locator("html")).hasAttribute("data-theme", "dark");
        visitor.page.reload();

        assertThat(visitor.button("Colours: dark")).isVisible();
        Assertions.assertThat(visitor.page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(15, 18, 23)");
    }

    @Test
    void allDataAreDeletedOnlyWhenAskedTwice() {
        sendFailure();
        visitor.open(console);
        visitor.tab("Delivery").click();
        Locator row = visitor.page.locator(".kept tbody tr").first();
        assertThat(row).containsText("1 of 2,000");
        AtomicInteger deletions = new AtomicInteger();
        visitor.page.onRequest(request -> {
            if (request.method().equals("DELETE")) deletions.incrementAndGet();
        });

        visitor.stopTime();
        visitor.button("Delete all data").click();
        visitor.button("Really delete? Press again").click();
        visitor.letTimeGoOn();

        assertThat(row).containsText("0 of 2,000");
        Assertions.assertThat(deletions).hasValue(1);
        assertNothingStrange();
    }

    @Test
    void aLineThatIsChosenStaysSoWhenEarlierOnesArrive() {
        sendFailure();
        visitor.open(console);
        visitor.page.locator(".traces a").click();
        visitor.page.locator(".waterfall").getByText("cannot load the feed").click();
        assertThat(panel().locator(".said-here[open]")).containsText("cannot load the feed");

        ObjectNode late = Json.object().put("logGroupName", "g").put("logStreamName", "s");
        late.putArray("logEvents")
                .addObject()
                .put("timestamp", System.currentTimeMillis() - 60_000)
                .put("message", failureLine("INFO", Documents.id(2), "2023-11-14T22:13:20.001Z", "before all others"));
        new LogLines(client).send(late.toString());

        assertThat(visitor.page.locator(".waterfall")).containsText("before all others");
        assertThat(visitor.page.locator(".waterfall .log.selected")).containsText("cannot load the feed");
        assertThat(panel().locator(".said-here[open]")).containsText("cannot load the feed");
        visitor.page.reload();
        assertThat(visitor.page.locator(".waterfall .log.selected")).containsText("cannot load the feed");
        assertNothingStrange();
    }

    @Test
    void aChoiceThatIsClearedShowsThatNothingIsChosen() {
        sendFailure();
        sendTrace(7);
        visitor.open(console);
        Locator outcome = visitor.page.getByLabel("Outcome");
        Locator rows = visitor.page.locator(".traces tbody tr");
        assertThat(rows).hasCount(2);

        outcome.selectOption("fault");
        assertThat(rows).hasCount(1);
        outcome.selectOption("");
        assertThat(rows).hasCount(2);
        outcome.selectOption("fault");
        assertThat(rows).hasCount(1);
        visitor.button("Clear").click();

        assertThat(rows).hasCount(2);
        assertThat(outcome).hasValue("");
        assertNothingStrange();
    }

    @Test
    void theKeysGoOnAfterABoxWasTicked() {
        sendFailure();
        visitor.open(console);
        visitor.page.locator(".traces a").click();
        visitor.page.getByLabel("Critical path").uncheck();
        assertThat(visitor.page.getByLabel("Critical path")).isFocused();

        visitor.page.keyboard().press("p");
        assertThat(visitor.page.locator(".live")).hasText("Paused");
        visitor.page.keyboard().press("?");

        assertThat(visitor.page.locator("dialog")).isVisible();
        assertNothingStrange();
    }

    private static Locator.FilterOptions text(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
