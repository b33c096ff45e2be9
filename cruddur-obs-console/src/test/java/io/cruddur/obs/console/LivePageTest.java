package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What arrives while somebody looks at the page. */
class LivePageTest extends WithBrowser {

    /** Requests for the stream that nobody has answered yet. */
    private final List<Route> held = new ArrayList<>();

    @Test
    void whatArrivesAppearsByItselfUnlessPaused() {
        openAndComeToRest();
        assertThat(visitor.page.getByText("curl localhost:4567/api/activities/notifications"))
                .isVisible();
        assertThat(visitor.page.locator(".live.on[data-link=live]")).isVisible();

        sendTrace(1);
        assertThat(rows()).hasCount(1);

        visitor.page.keyboard().press("p");
        sendTrace(2);
        assertThat(visitor.page.locator(".live")).containsText("1 new");
        assertThat(rows()).hasCount(1);

        visitor.page.keyboard().press("p");
        assertThat(rows()).hasCount(2);
        assertNothingStrange();
    }

    /** Metrics and logs of OpenTelemetry have no place here: an SDK that sent them would warn of each refusal. */
    @Test
    void theEmptyPageTellsOpenTelemetryToSendTracesAlone() {
        visitor.open(console);

        assertThat(visitor.page.locator(".connect"))
                .containsText(
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=" + console.address() + "/v1/traces"
                                + " OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none");
    }

    @Test
    void whatCameBeforeTheStreamAppearsToo() {
        openWithoutStream();
        sendTrace(1);
        awaitTraces(1);

        answerTheStream();

        assertThat(rows()).hasCount(1);
        assertNothingStrange();
    }

    @Test
    void whatCameBeforeThePauseIsNotNewInItAndAppearsAfterIt() {
        openWithoutStream();
        visitor.stopTime();
        sendTrace(1);
        awaitTraces(1);
        answerTheStream();

        // The page is about to ask for the list, in half a second of its own time.
        visitor.page.keyboard().press("p");
        visitor.page.clock().runFor(1_000);
        assertThat(visitor.page.locator(".live")).hasText("Paused");
        sendTrace(2);
        assertThat(visitor.page.locator(".live")).hasText("Paused1 new");
        assertThat(rows()).hasCount(0);
        visitor.page.keyboard().press("p");

        assertThat(rows()).hasCount(2);
        assertNothingStrange();
    }

    @Test
    void theViewOfATraceAsksAnewOnlyForItsOwn() {
        // Ahead of the page's own listeners: what is counted here, the page takes note of in the same moment.
        visitor.page.addInitScript("""
                window.heard = 0;
                window.EventSource = class extends EventSource {
                  constructor(url) {
                    super(url);
                    for (const kind of ['trace', 'log']) this.addEventListener(kind, () => window.heard++);
                  }
                };""");
        sendStory();
        awaitTraces(1);
        openAndComeToRest();
        visitor.page.navigate(console.address() + "/#/traces/" + Documents.W3C);
        assertThat(visitor.button("returning_mock_data")).isVisible();
        assertThat(visitor.page.locator(".logs .message")).hasCount(1);
        AtomicInteger asked = new AtomicInteger();
        visitor.page.onRequest(request -> {
            if (request.url().contains("/api/traces/")) asked.incrementAndGet();
        });
        visitor.stopTime();

        sendTrace(1);
        new LogLines(client).put("a line of no trace");
        awaitEvents(2);
        visitor.page.clock().runFor(5_000);
        new LogLines(client).put(line("a line of its own"));
        awaitEvents(3);
        visitor.page.clock().runFor(5_000);

        assertThat(visitor.page.locator(".logs .message")).hasCount(2);
        Assertions.assertThat(asked).hasValue(1);
        assertNothingStrange();
    }

    private void awaitEvents(int count) {
        await().atMost(ConsoleClient.PATIENCE).until(() -> (Integer) visitor.page.evaluate("window.heard") == count);
    }

    /** In a flood the stream tells of the newest of each kind alone: what it does not tell may be of this trace. */
    @Test
    void inAFloodTheViewOfATraceAsksAnew() {
        sendStory();
        awaitTraces(1);
        openAndComeToRest();
        visitor.page.navigate(console.address() + "/#/traces/" + Documents.TRACE);
        assertThat(visitor.page.locator(".logs .message")).hasCount(1);

        List<String> lines = new ArrayList<>(List.of(line("a line of its own")));
        for (int i = 0; i < 1_000; i++) lines.add("a line of no trace");
        new LogLines(client).put(lines);

        assertThat(visitor.page.locator(".logs .message")).hasCount(2);
        assertNothingStrange();
    }

    /** The list is asked for at once, and again with the stream open: from then on the stream tells what is new. */
    private void openAndComeToRest() {
        AtomicInteger answers = new AtomicInteger();
        visitor.page.waitForResponse(
                answer -> answer.url().contains("/api/traces") && answers.incrementAndGet() == 2,
                () -> visitor.open(console));
    }

    @Test
    void aConsoleThatStartsAnewWithAnotherTokenIsToldAtOnce() throws IOException {
        sendTrace(1);
        visitor.open(console);
        assertThat(rows()).hasCount(1);
        assertThat(visitor.page.locator(".live[data-link=live]")).isVisible();

        int port = console.port();
        console.close();
        console = Console.builder().port(port).start();

        assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("Open the address that the console printed");
        assertThat(rows()).hasCount(0);
        // Another tab opens the printed address: its cookie is this tab's as well.
        Page other = visitor.page.context().newPage();
        other.navigate(console.pageUrl().toString());
        sendTrace(2);
        assertThat(rows()).hasCount(1);
        assertThat(visitor.page.getByRole(AriaRole.ALERT)).hasCount(0);
    }

    /** The page shows what is so now, though nothing arrives. */
    @Test
    void whatIsToldAsATimeAgoGrowsOlderByItself() {
        ObjectNode item = Items.message("1", "boom");
        ((ObjectNode) item.path("data")).put("timestamp", System.currentTimeMillis() / 1000);
        client.post("/api/1/item/", item.toString());
        visitor.page.clock().install();
        visitor.open(console);
        visitor.tab("Errors").click();
        Locator lastSeen = visitor.page.locator(".errors .when");
        assertThat(lastSeen).containsText(Pattern.compile("just now|s ago"));

        visitor.stopTime();
        visitor.page.clock().runFor(61_000);
        assertThat(lastSeen).containsText("2 min ago");

        visitor.page.keyboard().press("p");
        AtomicInteger asked = new AtomicInteger();
        visitor.page.onRequest(request -> asked.incrementAndGet());
        visitor.page.clock().runFor(61_000);
        assertThat(lastSeen).containsText("3 min ago");
        Assertions.assertThat(asked).hasValue(0);
        assertNothingStrange();
    }

    /** Of what is not kept no stream tells. */
    @Test
    void whatIsRejectedAppearsByItself() {
        visitor.page.clock().install();
        openAndComeToRest();
        client.rawDatagram("nonsense");
        await().atMost(ConsoleClient.PATIENCE)
                .until(() ->
                        client.json("/api/traces").path("rejectedDatagrams").asInt() == 1);

        visitor.stopTime();
        visitor.page.clock().runFor(10_000);

        assertThat(visitor.page.locator(".tally")).containsText("1 rejected");
        assertNothingStrange();
    }

    @Test
    void whatIsRejectedAppearsUnderDeliveryThoughNoProcessReports() {
        visitor.page.clock().install();
        openAndComeToRest();
        visitor.tab("Delivery").click();
        assertThat(visitor.page.locator(".kept")).isVisible();
        client.rawDatagram("nonsense");
        sendTrace(1);
        await().atMost(ConsoleClient.PATIENCE)
                .untilAsserted(() -> Assertions.assertThat(client.json("/api/delivery")
                                .path("rejectedDatagrams")
                                .asInt())
                        .isEqualTo(1));
        awaitTraces(1);

        visitor.stopTime();
        visitor.page.clock().runFor(10_000);

        assertThat(visitor.page.locator(".own-end")).containsText("1 could not be read");
        assertThat(visitor.page.locator(".kept tbody tr").first()).containsText("1 of 2,000");
        assertNothingStrange();
    }

    private Locator rows() {
        return visitor.page.locator(".traces tbody tr");
    }

    private void openWithoutStream() {
        visitor.page.route("**/api/stream", held::add);
        visitor.open(console);
        assertThat(visitor.page.getByText("curl localhost:4567/api/activities/notifications"))
                .isVisible();
        assertThat(visitor.page.locator(".live[data-link=opening]")).isVisible();
    }

    private void answerTheStream() {
        held.forEach(Route::resume);
        assertThat(visitor.page.locator(".live[data-link=live]")).isVisible();
    }

    private void awaitTraces(int count) {
        await().atMost(ConsoleClient.PATIENCE)
                .until(() -> client.json("/api/traces").path("traces").size() == count);
    }
}
