package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.TRACE;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** axe-core finds no violation on any view, empty and full, in both schemes, wide and narrow. */
class AccessibilityTest extends WithBrowser {

    @ParameterizedTest
    @CsvSource({"1440, LIGHT", "1440, DARK", "375, LIGHT", "375, DARK"})
    void noViewViolatesARule(int width, ColorScheme scheme) throws IOException {
        visit(width, scheme);
        visitor.open(console);
        for (String view : new String[] {"traces", "map", "logs", "errors", "delivery"}) {
            check("/" + view, ".notice");
        }

        sendFailure();
        for (int i = 1; i <= 10; i++) sendTrace(i);
        client.post("/api/delivery", """
                {"service": "backend-flask", "process": "4711", "time": "2026-11-22T16:00:00Z", "sinks": [
                  {"name": "xray", "accepted": 12, "delivered": 9, "pending": 1, "spooled": 1, "spoolBytes": 7,
                   "lost": {"queue_full": 2}, "lastFailure": {"time": "2026-11-22T16:00:00Z", "reason": "refused"}}]}""");
        String fingerprint =
                client.json("/api/errors").at("/errors/0/fingerprint").asString();
        check("/traces", ".traces");
        check("/traces/" + TRACE, ".waterfall");
        check("/traces/" + TRACE + "?span=" + Documents.id(2), "#span-panel");
        check("/map", ".map");
        check("/logs", ".logs");
        check("/errors", ".errors");
        check("/errors/" + fingerprint, ".stack");
        check("/delivery", ".delivery");
        visitor.page.keyboard().press("?");
        assertThat(visitor.page.locator("dialog")).isVisible();
        Assertions.assertThat(violations()).as("help").isEqualTo("");
    }

    private void check(String view, String ready) throws IOException {
        visitor.page.navigate(console.address() + "/#" + view);
        // What is ready is this view, and not the one before it.
        String section = view.split("[/?]", -1)[1];
        assertThat(visitor.page.locator("nav a[aria-current=page]")).hasAttribute("href", "#/" + section);
        assertThat(visitor.page.locator(ready).first()).isVisible();
        Assertions.assertThat(violations()).as(view).isEqualTo("");
    }

    /** One a line: the rule and where. */
    private String violations() throws IOException {
        if (!(Boolean) visitor.page.evaluate("typeof axe === 'object'")) {
            // As a debugger would: the page's policy refuses any script that is not its own.
            visitor.page.evaluate(axe());
        }
        return (String) visitor.page.evaluate("""
                () => axe.run(document, {resultTypes: ['violations']}).then(({violations}) => violations
                    .flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html} ${node.failureSummary}`))
                    .join('\\n'))""");
    }

    private static String axe() throws IOException {
        try (InputStream source = AccessibilityTest.class.getResourceAsStream("/axe.min.js")) {
            if (source == null) throw new IOException("axe.min.js is not on the class path");
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
