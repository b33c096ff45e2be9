package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.id;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each row opens wherever it is pointed at, and keys lead to each. */
class ReachPageTest extends WithBrowser {

    private static final int SPANS = 300;

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void aClickOnWhatIsDrawnInARowOpensIt(int width) {
        visit(width, ColorScheme.LIGHT);
        sendStory();
        visitor.open(console);
        if (width == WIDE) {
            click(visitor.page.locator(".traces .meter i"));
        } else {
            visitor.page.locator(".traces .what > a").click();
        }
        Locator bars = visitor.page.locator(".waterfall .span-bar");
        assertThat(bars.nth(1)).isVisible();

        click(bars.nth(1));
        assertThat(visitor.page.locator(".waterfall tr.selected .span-bar")).hasCount(1);
        assertThat(panel()).isVisible();
        visitor.page.keyboard().press("Escape");
        click(visitor.page.locator(".waterfall .tick"));
        assertThat(visitor.page.locator(".waterfall tr.log.selected")).hasCount(1);
        assertNothingStrange();
    }

    /** Wherever that leads: a locator's own click waits until nothing covers it. */
    private void click(Locator drawn) {
        drawn.scrollIntoViewIfNeeded();
        BoundingBox box = drawn.boundingBox();
        visitor.page.mouse().click(box.x + box.width / 2, box.y + box.height / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void aLabelStaysOnItsLineBesideALongMessage(int width) {
        visit(width, ColorScheme.LIGHT);
        sendStory();
        new LogLines(client).put(line("a message that goes on ".repeat(20)).replace("INFO", "ERROR"));
        visitor.open(console);
        visitor.page.navigate(console.address() + "/#/traces/" + TRACE);
        Locator label =
                visitor.page.locator(".waterfall .level").filter(new Locator.FilterOptions().setHasText("ERROR"));

        assertThat(label).isVisible();
        Assertions.assertThat(label.boundingBox().height).isLessThan(24);
        Assertions.assertThat(label.boundingBox().width).isGreaterThan(30);
    }

    @Test
    void theKeysLeadFromTheLinesToTheLastSpan() {
        ObjectNode root = Documents.segment(id(1), "backend-flask", 1_700_000_000, 1_700_000_010);
        ArrayNode children = root.putArray("subsegments");
        for (int i = 2; i <= SPANS; i++) {
            children.add(Documents.span(id(i), "span " + i, 1_700_000_000 + i * 0.01, 1_700_000_001 + i * 0.01));
        }
        client.post("/TraceSegments", Documents.put(root));
        new LogLines(client).put(List.of(line("said").replace(id(3), id(1))));
        visitor.open(console);
        visitor.page.navigate(console.address() + "/#/traces/" + TRACE + "?lines=off");
        assertThat(visitor.page.locator(".waterfall")).hasAttribute("aria-rowcount", Integer.toString(SPANS + 1));

        visitor.page.locator(".logs summary").focus();
        visitor.page.keyboard().press("k");

        assertThat(visitor.page.locator("#span-" + id(SPANS))).isFocused();
        visitor.page.keyboard().press("j");
        assertThat(visitor.page.locator(".logs summary")).isFocused();
        assertNothingStrange();
    }
}
