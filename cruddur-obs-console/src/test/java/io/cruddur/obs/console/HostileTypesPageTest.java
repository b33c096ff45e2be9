package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.cruddur.obs.console.Documents.TRACE;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a program sends under a name need not be of the type that the name promises. */
class HostileTypesPageTest extends WithBrowser {

    /** Requests for the stream that nobody answers: nothing else asks while the test answers in the console's place. */
    private final List<Route> held = new ArrayList<>();

    /**
     * Each value of each answer, and each object and list in it, once in every wrong type: answers what a view then
     * throws, or shows that is no text.
     */
    private static final String WRONG_TYPES = """
            async ({traceId, fingerprint}) => {
              const {render, html} = await import('/lib/lit-html/lit-html.js');
              const view = async (file, name, params = {}) => ({name, params, view: (await import(`/page/views/${file}.js`))[name]});
              const views = [
                await view('traces', 'traces'), await view('trace', 'trace', {id: traceId}), await view('map', 'map'),
                await view('logs', 'logs'), await view('errors', 'errors'),
                await view('error-group', 'errorGroup', {fingerprint}), await view('delivery', 'delivery'),
              ];
              const wrong = [
                null, true, 5, '\\ud800', {}, [], [{a: 1}], {toString: 1, valueOf: 1}, {nodeType: 1},
                {'_$litType$': 1, strings: ['<b>'], values: []},
              ];
              const failures = [];
              let drawn = 0;
              const real = window.fetch;

              function* places(value, path = []) {
                yield path;
                if (value === null || typeof value !== 'object') return;
                for (const key of Object.keys(value).slice(0, Array.isArray(value) ? 3 : Infinity)) yield* places(value[key], [...path, key]);
              }
              function changed(body, path, value) {
                if (path.length === 0) return value;
                const copy = structuredClone(body);
                let at = copy;
                for (const key of path.slice(0, -1)) at = at[key];
                at[path.at(-1)] = value;
                return copy;
              }
              async function draw({view, params}, answer, query) {
                const route = {params, query};
                window.fetch = answer;
                const data = await view.load(route, new AbortController().signal);
                view.summary(data);
                const box = document.createElement('div');
                document.body.append(box);
                try {
                  render(html`${view.head?.(data, route)}${view.body(data, route)}`, box);
                  if (box.textContent.includes('[object')) throw new Error('an object is shown');
                } finally {
                  box.remove();
                }
                drawn++;
              }
              for (const one of views) {
                let body;
                await draw(one, async (...request) => {
                  const response = await real(...request);
                  body = await response.clone().json();
                  return response;
                }, {});
                for (const path of places(body)) {
                  const span = body.spans?.[path[0] === 'spans' ? path[1] ?? 0 : 0]?.id;
                  for (const value of wrong) {
                    const text = JSON.stringify(changed(body, path, value));
                    try {
                      await draw(one, async () => new Response(text), {span, lines: 'on'});
                    } catch (failure) {
                      failures.push(`${one.name} ${path.join('.')} = ${JSON.stringify(value)}: ${failure}`);
                    }
                  }
                }
              }
              window.fetch = real;
              return {drawn, failed: failures.length, failures: failures.slice(0, 25).join('\\n')};
            }""";

    @Test
    void noValueOfAnyTypeKeepsAViewFromBeingDrawn() {
        sendAll();
        visitor.page.route("**/api/stream", held::add);
        visitor.open(console);
        assertThat(visitor.page.locator(".traces tbody tr")).hasCount(9);
        String fingerprint =
                client.json("/api/errors").at("/errors/0/fingerprint").asString();

        Map<?, ?> told =
                (Map<?, ?>) visitor.page.evaluate(WRONG_TYPES, Map.of("traceId", TRACE, "fingerprint", fingerprint));

        Assertions.assertThat(told.get("failures")).as(told.toString()).isEqualTo("");
        Assertions.assertThat((Integer) told.get("drawn")).isGreaterThan(1_000);
        assertNothingStrange();
    }

    /** A trace with all that a span may carry, its lines and its error, and a delivery report. */
    private void sendAll() {
        sendFailure();
        ObjectNode call = Documents.subsegment(
                        Documents.id(5), Documents.id(1), "DynamoDB", 1_700_000_000.1, 1_700_000_000.2)
                .put("namespace", "aws");
        call.putObject("aws")
                .put("operation", "GetItem")
                .putArray("resource_names")
                .add("table");
        call.putObject("http").putObject("request").put("method", "POST").put("url", "http://localhost/table");
        call.putObject("annotations").put("rollbar_uuid", "1").put("user", "andrewbrown");
        call.putObject("metadata").putObject("default").put("size", 3);
        client.datagram(call.toString());
        // As many as it takes for a picture of them.
        for (int i = 1; i <= 8; i++) sendTrace(i);
        new LogLines(client)
                .put(
                        "{\"message\":\"all\",\"service\":\"s\",\"environment\":\"test\",\"exception\":\"a.B: c\\n\\tat d.E.f(E.java:1)\","
                                + "\"thread\":\"main\",\"mdc\":{\"a\":\"b\"},\"traceId\":\"" + Documents.W3C + "\"}");
        client.post("/api/delivery", """
                {"service": "backend-flask", "process": "4711", "time": "2026-11-22T16:00:00Z", "sinks": [
                  {"name": "xray", "accepted": 12, "delivered": 9, "pending": 1, "spooled": 1, "spoolBytes": 7,
                   "spoolRefusals": 1, "lastDelivered": "2026-11-22T16:00:00Z",
                   "lost": {"queue_full": 2}, "lastFailure": {"time": "2026-11-22T16:00:00Z", "reason": "refused"}}]}""");
    }

    @Test
    void aLineWithAServiceThatIsAnObjectIsShownAsTheOthersAre() {
        new LogLines(client).put("{\"message\":\"hello\",\"service\":{\"name\":\"x\"}}", "another");
        visitor.open(console);

        visitor.tab("Logs").click();

        assertThat(visitor.page.locator(".logs .message")).hasText(new String[] {"another", "hello"});
        assertNothingStrange();
    }

    @Test
    void aViewThatCannotBeDrawnSaysSoAndTheOthersGoOn() {
        new LogLines(client).put("hello");
        visitor.page.route(
                "**/page/parts/log-table.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/javascript")
                        .setBody("""
                        export function logTable() { throw new TypeError('no such table'); }
                        export const fieldsOf = logTable;
                        export const keyed = (lines) => lines;""")));
        visitor.open(console);
        assertThat(visitor.heading("Traces")).isVisible();

        visitor.tab("Logs").click();

        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("The page cannot draw this");
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("no such table");
        visitor.tab("Delivery").click();
        assertThat(visitor.page.locator(".kept tbody tr").first()).isVisible();
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).hasCount(0);
        // The mistake itself is told to those who can mend it, and nothing besides.
        Assertions.assertThat(visitor.complaints)
                .isNotEmpty()
                .allMatch(complaint -> complaint.contains("no such table"));
    }
}
