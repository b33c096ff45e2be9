package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.W3C;
import static io.cruddur.obs.console.Documents.id;
import static io.cruddur.obs.console.Documents.segment;
import static io.cruddur.obs.console.Documents.span;
import static io.cruddur.obs.console.Documents.subsegment;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.cruddur.obs.console.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Much on one page: what is in the document stays little. Times are told, not tested: machines differ. */
class LargePageTest extends WithBrowser {

    private static final int LINES = 5_000;

    /** Of thousands of rows so many may be in the document: a few windows full. */
    private static final int IN_SIGHT = 150;

    @ParameterizedTest
    @CsvSource({"300, 1440", "300, 375", "5000, 1440", "5000, 375"})
    void ofALargeTraceOnlyWhatIsInSightIsDrawn(int spans, int width) {
        visit(width, ColorScheme.LIGHT);
        sendLarge(spans);
        visitor.open(console);

        visitor.page.navigate(console.address() + "/#/traces/" + TRACE);
        Locator rows = visitor.page.locator(".waterfall [data-row]");
        assertThat(rows.first()).isVisible();
        assertThat(visitor.page.locator(".waterfall")).hasAttribute("aria-rowcount", Integer.toString(spans + 1));
        Assertions.assertThat(rows.count()).isLessThan(80);

        tellWorkOfScrolling(spans, width);
        visitor.page.evaluate("document.querySelector('[data-scroll]').scrollTop = 1e9");
        assertThat(visitor.page.locator("#span-" + id(spans))).isVisible();

        visitor.page.locator("#span-" + id(spans)).focus();
        for (int i = 0; i < 30; i++) visitor.page.keyboard().press("k");
        assertThat(visitor.page.locator("#span-" + id(spans - 30))).isFocused();
        visitor.page.keyboard().press("Enter");
        assertThat(panel()).containsText("span " + (spans - 30));
        visitor.page.keyboard().press("Escape");
        assertThat(visitor.page.locator("#span-" + id(spans - 30))).isFocused();
        Assertions.assertThat(visitor.overhang()).isZero();
        assertNothingStrange();
    }

    /**
     * A scroll of a frame each through the list, from end to end: what the page itself does in a frame, with the layout that
     * it causes. A frame has 16 ms; the time between two of them would be the screen's own, however little there is to do.
     */
    private void tellWorkOfScrolling(int spans, int width) {
        Map<?, ?> told = (Map<?, ?>) visitor.page.evaluate("""
                () => new Promise((done) => {
                  const box = document.querySelector('[data-scroll]');
                  const work = [];
                  const drawn = new Set();
                  let most = 0;
                  let step = 400;
                  let long = 0;
                  const observer = new PerformanceObserver((list) => (long += list.getEntries().length));
                  observer.observe({type: 'longtask'});
                  function next() {
                    const start = performance.now();
                    if (box.scrollTop + box.clientHeight > box.scrollHeight - 400) step = -400;
                    else if (box.scrollTop < 400) step = 400;
                    box.scrollTop += step;
                    box.dispatchEvent(new Event('scroll'));
                    box.offsetHeight;
                    work.push(performance.now() - start);
                    const rows = [...box.querySelectorAll('tbody [data-row]')];
                    most = Math.max(most, rows.length);
                    for (const row of rows) drawn.add(row.id);
                    if (work.length < 120) {
                      requestAnimationFrame(next);
                      return;
                    }
                    work.sort((a, b) => a - b);
                    setTimeout(() => {
                      observer.disconnect();
                      done({median: work[60], most95: work[113], longest: work[119], long, most, drawn: drawn.size});
                    });
                  }
                  requestAnimationFrame(next);
                })""");
        System.out.printf(
                "A trace of %,d spans, %d px wide: work in a frame of scrolling %.1f ms in the median, %.1f ms in 95 of 100,"
                        + " at most %.1f ms; tasks over 50 ms: %d%n",
                spans, width, number(told, "median"), number(told, "most95"), number(told, "longest"), (int)
                        number(told, "long"));
        Assertions.assertThat(number(told, "most")).isLessThan(80);
        Assertions.assertThat(number(told, "drawn")).as("it did scroll").isGreaterThan(200);
    }

    private static double number(Map<?, ?> told, String name) {
        return ((Number) Objects.requireNonNull(told.get(name))).doubleValue();
    }

    private void sendLarge(int spans) {
        ObjectNode root = segment(id(1), "backend-flask", 1_700_000_000, 1_700_000_010);
        List<ObjectNode> documents = new ArrayList<>(List.of(root));
        int next = 2;
        while (next <= spans) {
            ObjectNode batch = subsegment(id(next), id(1), "span " + next, at(next), at(next) + 0.1);
            next++;
            ArrayNode children = batch.putArray("subsegments");
            for (int i = 0; i < 99 && next <= spans; i++, next++) {
                children.add(span(id(next), "span " + next, at(next), at(next) + 0.001));
            }
            documents.add(batch);
        }
        send(documents);
    }

    private static double at(int span) {
        return 1_700_000_000 + span * 0.0019;
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void ofTheManyLinesOfATraceOnlyWhatIsInSightIsDrawn(int width) {
        visit(width, ColorScheme.LIGHT);
        sendTraceWithLines();
        visitor.open(console);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);

        visitor.page.navigate(console.address() + "/#/traces/" + TRACE + "?span=" + id(1));
        assertThat(panel()).containsText("100 of 5,000 lines");
        visitor.page.keyboard().press("Escape");
        assertOnlyWhatIsInSight(LINES);
        visitor.page.locator(".logs summary").first().focus();
        for (int i = 0; i < 60; i++) visitor.page.keyboard().press("j");
        assertThat(summaryOf(60)).isFocused();
        pressBeforeTheNextFrame("k", 60);
        assertThat(summaryOf(0)).isFocused();
        pressBeforeTheNextFrame("j", 100);
        assertThat(summaryOf(100)).isFocused();
        scrollTo(1e9);
        assertThat(summaryOf(LINES - 1)).isVisible();
        Assertions.assertThat(visitor.page.locator(".logs tbody tr").count()).isLessThan(IN_SIGHT);

        // What is unfolded is so still when it comes back.
        summaryOf(LINES - 1).click();
        assertThat(visitor.page.locator(".line[open]")).hasCount(1);
        scrollTo(0);
        assertThat(summaryOf(LINES - 1)).hasCount(0);
        scrollTo(1e9);
        assertThat(visitor.page.locator(".line[open]")).containsText("line " + (LINES - 1));
        Assertions.assertThat(visitor.overhang()).isZero();
        assertNothingStrange();
    }

    /** As on a machine that is too busy to draw between two of them. */
    private void pressBeforeTheNextFrame(String key, int times) {
        visitor.page.evaluate("""
                ([key, times]) => {
                  for (let i = 0; i < times; i++) {
                    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
                  }
                }""", List.of(key, times));
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void ofLongListsOnlyWhatIsInSightIsDrawn(int width) {
        visit(width, ColorScheme.LIGHT);
        sendTraceWithLines();
        List<ObjectNode> documents = new ArrayList<>();
        for (int i = 1; i < 2_000; i++) {
            documents.add(segment(id(i), "backend-flask", 1_700_000_000 - i, 1_700_000_001 - i)
                    .put("trace_id", Documents.trace(i)));
        }
        send(documents);
        visitor.open(console);

        visitor.page.navigate(console.address() + "/#/traces?n=2000");
        assertThat(visitor.page.locator(".tally")).containsText("2,000 traces");
        assertOnlyWhatIsInSight(2_000);
        scrollTo(1e9);
        assertThat(visitor.page.locator(".traces [aria-rowindex='2001']")).isVisible();

        visitor.page.navigate(console.address() + "/#/logs?n=3200");
        assertThat(visitor.page.locator(".tally")).containsText("the newest 3,200 lines");
        assertThat(visitor.page.locator(".more"))
                .hasText("Only the newest 3,200 are listed: a filter finds older ones.");
        assertOnlyWhatIsInSight(3_200);
        scrollTo(1e9);
        assertThat(summaryOf(LINES - 3_200)).isVisible();
        Assertions.assertThat(visitor.overhang()).isZero();
        assertNothingStrange();
    }

    private void assertOnlyWhatIsInSight(int all) {
        Locator rows = visitor.page.locator("main .list tbody tr");
        assertThat(rows.locator("[data-row]").first()).isVisible();
        Assertions.assertThat(rows.count()).isLessThan(IN_SIGHT);
        assertThat(visitor.page.locator("main .list")).hasAttribute("aria-rowcount", Integer.toString(all + 1));
        double drawn = ((Number) visitor.page.evaluate("""
                () => {
                  const start = performance.now();
                  dispatchEvent(new HashChangeEvent('hashchange'));
                  document.body.offsetHeight;
                  return performance.now() - start;
                }""")).doubleValue();
        System.out.printf("A list of %,d rows, drawn once more: %.0f ms%n", all, drawn);
    }

    private void scrollTo(double y) {
        visitor.page.evaluate("(y) => scrollTo(0, y)", y);
    }

    private Locator summaryOf(int line) {
        return visitor.page
                .locator(".logs summary")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^line " + line + "$")));
    }

    /** One span, in which much is said. */
    private void sendTraceWithLines() {
        send(List.of(segment(id(1), "backend-flask", 1_700_000_000, 1_700_000_010)));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(Json.object()
                    .put("message", "line " + i)
                    .put("spanId", id(1))
                    .put("traceId", W3C)
                    .toString());
        }
        new LogLines(client).put(lines);
    }

    private void send(List<ObjectNode> documents) {
        for (int from = 0; from < documents.size(); from += 50) {
            client.post(
                    "/TraceSegments", Documents.put(documents.subList(from, Math.min(from + 50, documents.size()))));
        }
    }

    @Test
    void eachModuleThatIsLoadedIsPreloaded() {
        visitor.open(console);
        assertThat(visitor.heading("Traces")).isVisible();

        Assertions.assertThat(visitor.page.evaluate("""
                () => {
                  const preloaded = [...document.querySelectorAll('link[rel=modulepreload]')].map((link) => link.href);
                  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name)
                      .filter((name) => name.endsWith('.js') && !name.endsWith('/main.js'));
                  return loaded.filter((name) => !preloaded.includes(name)).join(' ');
                }""")).isEqualTo("");
        assertNothingStrange();
    }

    @Test
    void thePageIsSmallAndDrawnSoon() {
        for (int i = 1; i <= 50; i++) sendTrace(i);
        double cold = millisToFirstPaint();
        visit(WIDE, ColorScheme.LIGHT);
        double warm = millisToFirstPaint();
        visit(WIDE, ColorScheme.LIGHT);
        visitor.countBytes();
        millisToFirstPaint();
        long first = visitor.bytes();
        visitor.tab("Map").click();
        assertThat(visitor.page.locator(".map .node.service")).hasCount(1);

        System.out.printf(
                "First paint after %.0f ms for a visitor with an empty cache, %.0f ms for this browser's first one;"
                        + " files of the page %,d bytes, with the map's library %,d%n",
                warm, cold, first, visitor.bytes());
        Assertions.assertThat(first).isPositive();
        Assertions.assertThat(visitor.bytes())
                .as("the map's library is loaded with the map")
                .isGreaterThan(first)
                .isLessThan(400_000);
    }

    private double millisToFirstPaint() {
        visitor.open(console);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(50);
        // The document is there before the first picture of it.
        visitor.page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length > 0");
        return ((Number) visitor.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                .doubleValue();
    }
}
