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
import org.junit.jupiter.api.Test;

/** What arrives while somebody looks at the page. */
class LivePageTest extends WithBrowser {

    /** Requests for the stream that nobody has answered yet. */
    private final List<Route> held = new ArrayList<>();

    @Test
    void whatArrivesAppearsByItselfUnlessPaused() {
        // The list is asked for at once, and again with the stream open: what is new from then on, the stream tells.
        AtomicInteger answers = new AtomicInteger();
        visitor.page.waitForResponse(
                answer -> answer.url().contains("/api/traces") && answers.incrementAndGet() == 2,
                () -> visitor.open(console));
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
