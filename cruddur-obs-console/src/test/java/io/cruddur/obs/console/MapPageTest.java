package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.id;
import static io.cruddur.obs.console.Documents.segment;
import static io.cruddur.obs.console.Documents.span;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The map of a dozen services. Times are told, not tested: machines differ. */
class MapPageTest extends WithBrowser {

    private static final int SERVICES = 12;

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void aMapOfTwelveServicesIsDrawnAndLeadsToTheirTraces(int width) {
        visit(width, ColorScheme.LIGHT);
        for (int trace = 1; trace <= 20; trace++) sendChain(trace);
        visitor.open(console);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(20);
        System.out.printf(
                "A map of %d services, %d px wide: laid out for the first time in %.0f ms, once more in %.0f ms%n",
                SERVICES, width, layoutMillis(), layoutMillis());
        visitor.tab("Map").click();

        assertThat(visitor.page.locator(".map .node.service")).hasCount(SERVICES);
        assertThat(visitor.page.locator(".map .edge")).hasCount(SERVICES + SERVICES / 2 - 1);
        Assertions.assertThat(nodesThatOverlap()).isZero();
        Assertions.assertThat(visitor.overhang()).isZero();

        visitor.page
                .locator(".map-table a")
                .filter(new Locator.FilterOptions().setHasText("service-11"))
                .click();

        assertThat(visitor.page.getByLabel("Filter traces")).hasValue("service=\"service-11\"");
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(20);
        assertNothingStrange();
    }

    /** At first with the loading of the library, as for a visitor. */
    private double layoutMillis() {
        return ((Number) visitor.page.evaluate("""
                async () => {
                  const {layout} = await import('/page/layout.js');
                  const map = await (await fetch('/api/map')).json();
                  const start = performance.now();
                  await layout(map, 'LR');
                  return performance.now() - start;
                }""")).doubleValue();
    }

    @Test
    void aMapWhoseLibraryCouldNotBeHadIsDrawnAtTheNextLook() {
        sendChain(1);
        visitor.open(console);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(1);
        List<String> asked = new ArrayList<>();
        visitor.page.onRequest(request -> {
            if (request.url().contains("dagre.min.js")) asked.add(request.url());
        });
        visitor.page.route("**/dagre.min.js*", route -> route.abort());
        visitor.tab("Map").click();
        assertThat(visitor.page.locator(".notice[role=alert]")).isVisible();

        visitor.page.unroute("**/dagre.min.js*");
        visitor.tab("Traces").click();
        visitor.tab("Map").click();

        assertThat(visitor.page.locator(".map .node.service")).hasCount(SERVICES);
        Assertions.assertThat(asked)
                .as("some browsers remember which module they could not have")
                .hasSizeGreaterThan(1)
                .doesNotHaveDuplicates();
    }

    private int nodesThatOverlap() {
        return (Integer) visitor.page.evaluate("""
                () => {
                  const boxes = [...document.querySelectorAll('.map .box')].map((box) => box.getBoundingClientRect());
                  return boxes.filter((a, i) => boxes.some((b, j) => i < j
                      && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
                }""");
    }

    /** Each service calls the two that its number leads to, as in a heap; every second one a database too. */
    private void sendChain(int trace) {
        List<ObjectNode> documents = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            ObjectNode document = segment(id(100 + i), "service-" + i, 1_700_000_000 + i * 0.01, 1_700_000_001)
                    .put("trace_id", Documents.trace(trace));
            if (i > 0) document.put("parent_id", id(100 + (i - 1) / 2));
            if (i > 0 && i % 2 == 0) {
                ObjectNode sql = span(id(200 + i), "database-" + i, 1_700_000_000.5, 1_700_000_000.6);
                sql.put("namespace", "remote").putObject("sql").put("database_type", "PostgreSQL");
                document.putArray("subsegments").add(sql);
            }
            documents.add(document);
        }
        client.post("/TraceSegments", Documents.put(documents));
    }
}
