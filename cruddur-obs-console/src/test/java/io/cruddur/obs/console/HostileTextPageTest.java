package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.TRACE;
import static io.cruddur.obs.console.Documents.id;
import static io.cruddur.obs.console.HostileTexts.MARK;
import static io.cruddur.obs.console.HostileTexts.OTLP_TRACE;
import static io.cruddur.obs.console.HostileTexts.SCRIPT;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Markup, control characters and texts without an end, in whatever a program sends and in the page's own address. */
class HostileTextPageTest extends WithBrowser {

    /** What of the document the page did not put there, what of the texts it does not show, and how it fits. */
    private static final String LOOK = """
            (texts) => {
              for (const folded of document.querySelectorAll('#app details')) folded.open = true;
              const own = 'script[src^="/page/"], link[href^="/page/"], link[href^="/lib/lit-html/"], img[src="/page/icon.svg"], a[href^="#"], a[href^="/api/traces/"]';
              const kinds = 'script, link, img, a, iframe, object, embed, form, style, base, [srcdoc], [action], [formaction]';
              const foreign = [...document.querySelectorAll('*')].filter((element) =>
                (element.matches(kinds) && !element.matches(own)) || element.getAttributeNames().some((name) => name.startsWith('on')));
              const app = document.getElementById('app').textContent;
              return {
                hit: String(window.hit),
                foreign: foreign.map((element) => element.outerHTML.slice(0, 200)).join('\\n'),
                missing: texts.filter((text) => !app.includes(text)).join(' '),
                seen: texts.length === 0 || document.getElementById('main').innerText.includes('<script>'),
                overhang: document.documentElement.scrollWidth - document.documentElement.clientWidth,
              };
            }""";

    private static final String LOADED = """
            (texts) => !document.querySelector('.loading') && document.querySelector('main h1, main h2') !== null
              && texts.every((text) => document.getElementById('app').textContent.includes(text))""";

    /** What a view must show, by the address of the view. */
    private Map<String, List<String>> views() {
        Map<String, List<String>> views = new LinkedHashMap<>();
        String trace = "#/traces/" + TRACE;
        String otlp = "#/traces/" + OTLP_TRACE;
        views.put("#/traces", List.of("segment-name", "http-method", "resource-service", "span-name"));
        views.put(trace, List.of("segment-name", "sql-statement", "aws-operation", "log-message", "item-title"));
        views.put(
                trace + "?span=" + id(1),
                List.of(
                        "http-agent",
                        "http-client",
                        "http-url",
                        "http-status",
                        "http-key",
                        "http-value",
                        "annotation-key",
                        "annotation-value",
                        "reported",
                        "metadata-namespace",
                        "metadata-key",
                        "metadata-value",
                        "exception-type",
                        "exception-message",
                        "frame-path",
                        "frame-label"));
        views.put(trace + "?span=" + id(2), List.of("sql-name", "sql-statement", "sql-type", "sql-url", "sql-user"));
        views.put(
                trace + "?span=" + id(3),
                List.of("aws-name", "aws-operation", "aws-table", "aws-request", "aws-resource"));
        views.put(trace + "?span=" + id(4), List.of("subsegment-name", "namespace"));
        views.put(trace + "?span=" + id(5), List.of("alone-name", "alone-service"));
        views.put(
                otlp + "?span=" + id(11),
                List.of(
                        "span-name",
                        "resource-service",
                        "attribute-key",
                        "attribute-value",
                        "event-name",
                        "event-key",
                        "event-value",
                        "resource-key",
                        "resource-value",
                        "scope-name",
                        "otlp-type",
                        "otlp-message",
                        "otlp-stacktrace"));
        views.put(otlp + "?span=" + id(12), List.of("client-span", "peer-name", "status-message"));
        views.put("#/map", List.of("segment-name", "sql-name", "aws-name", "resource-service", "peer-name"));
        views.put(
                "#/logs",
                List.of(
                        "log-message",
                        "log-logger",
                        "log-thread",
                        "log-service",
                        "log-environment",
                        "log-exception",
                        "log-stream",
                        "field-key",
                        "field-value",
                        "nested-value",
                        "mdc-key",
                        "mdc-value",
                        "plain-message"));
        views.put("#/errors", List.of("item-title", "item-service", "message-body"));
        for (JsonNode error : client.json("/api/errors").path("errors")) {
            boolean message = error.path("title").asString("").startsWith("message-body");
            views.put("#/errors/" + error.path("fingerprint").asString(), message ? List.of("message-body") : ITEM);
        }
        views.put(
                "#/delivery",
                List.of("delivery-service", "delivery-process", "sink-name", "lost-reason", "failure-reason"));
        hostileAddresses().forEach(address -> views.put(address, List.of()));
        return views;
    }

    private static final List<String> ITEM = List.of(
            "item-title",
            "item-class",
            "item-message",
            "item-file",
            "item-class-name",
            "item-method",
            "item-environment",
            "item-host",
            "item-framework",
            "item-language",
            "item-version",
            "item-context",
            "item-person",
            "item-service",
            "request-url",
            "request-method",
            "header-name",
            "header-value",
            "custom-key",
            "custom-value");

    /** What somebody may have made of an address before another follows it. */
    private static Stream<String> hostileAddresses() {
        String trace = "traces/" + TRACE;
        String mark = ConsoleClient.encoded(MARK).replace("+", "%20");
        return Stream.of(
                        Stream.of(
                                "traces/" + mark,
                                "traces/" + MARK,
                                "errors/" + mark,
                                mark,
                                "%zz/" + mark,
                                "traces/%zz"),
                        Stream.of("q", "service", "status", "slower", "n").map(name -> "traces?" + name + "=" + mark),
                        Stream.of("span", "line", "folded", "lines", "critical")
                                .map(name -> trace + "?" + name + "=" + mark),
                        Stream.of("q", "level", "trace", "n").map(name -> "logs?" + name + "=" + mark),
                        Stream.of("logs?q=picked=" + ConsoleClient.encoded(SCRIPT)))
                .flatMap(all -> all)
                .map("#/"::concat);
    }

    @ParameterizedTest
    @ValueSource(ints = {WIDE, NARROW})
    void whateverIsInAFieldOrTheAddressIsShownAsText(int width) {
        new HostileTexts(client).sendAll();
        visit(width, ColorScheme.LIGHT);
        visitor.open(console);
        SoftAssertions softly = new SoftAssertions();

        views().forEach((address, fields) -> {
            goTo(address);
            look(address, fields, softly);
        });
        for (String address : List.of("#/traces", "#/logs")) {
            goTo(address);
            visitor.page.locator("[data-search]").fill(MARK);
            visitor.page.locator("[data-search]").press("Enter");
            visitor.page.waitForFunction("() => location.hash.includes('?q=')");
            look("typed at " + address, List.of(), softly);
        }

        softly.assertAll();
        Assertions.assertThat(visitor.complaints)
                .as("but that addresses and filters which are none are refused")
                .allMatch(complaint -> complaint.matches("Failed to load resource: .* status of 40[04] .*"));
        Assertions.assertThat(visitor.strangers).isEmpty();
    }

    /** Somebody pastes it, and a terminal would obey what is in it; so would curl what begins as its options do. */
    @Test
    void aCommandToCopyHasNothingThatAShellOrATerminalObeys() {
        visitor.open(console);
        assertThat(visitor.heading("Traces")).isVisible();

        Assertions.assertThat(curl("GET", "http://x/\u001b[201~\r\n\u009b1m\u202e'\\é"))
                .isEqualTo(
                        "curl -i $'http://x/\\U0000001b[201~\\U0000000d\\U0000000a\\U0000009b1m\\U0000202e\\'\\\\é'");
        Assertions.assertThat(curl("P\u001b", "/")).isEqualTo("curl -i -X $'P\\U0000001b' '/'");
        Assertions.assertThat(curl("GET", "-o/tmp/x")).isEqualTo("curl -i --url '-o/tmp/x'");
        Assertions.assertThat(curl("$(id)", "`id`'")).isEqualTo("curl -i -X '$(id)' '`id`'\\'''");
    }

    private Object curl(String method, String url) {
        return visitor.page.evaluate(
                "async (request) => (await import('/page/parts/curl.js')).curlOf({http: {request}})",
                Map.of("method", method, "url", url));
    }

    /** By way of another view: so nothing is left of the one before. */
    private void goTo(String address) {
        boolean errors = address.equals("#/errors");
        Locator left = visitor.page.locator(errors ? "main > .kept" : "main > table.errors");
        visitor.page.evaluate("address => { location.hash = address; }", errors ? "#/delivery" : "#/errors");
        assertThat(left).isVisible();
        visitor.page.evaluate("address => { location.hash = address; }", address);
        assertThat(left).hasCount(0);
    }

    private void look(String address, List<String> fields, SoftAssertions softly) {
        List<String> texts = fields.stream().map(field -> field + SCRIPT).toList();
        try {
            visitor.page.waitForFunction(LOADED, texts);
        } catch (TimeoutError late) {
            // What is missing is told by what is seen.
        }
        softly.assertThat(visitor.page.evaluate(LOOK, texts))
                .as(visitor.look() + " " + address)
                .isEqualTo(Map.of("hit", "undefined", "foreign", "", "missing", "", "seen", true, "overhang", 0));
    }
}
