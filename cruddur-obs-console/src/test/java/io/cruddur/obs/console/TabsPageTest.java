package io.cruddur.obs.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Several tabs of one browser: it has six connections for the console, and a stream holds one of them. */
class TabsPageTest extends WithBrowser {

    private static final int TABS = 8;

    @Test
    void aTabMoreThanTheBrowserHasConnectionsIsDrawnAsTheFirst() {
        sendTrace(1);
        visitor.open(console);
        assertLive(visitor.page);
        Page before = visitor.page;
        for (int tab = 2; tab <= TABS; tab++) {
            turn(before, "hidden");
            Page next = visitor.page.context().newPage();
            next.navigate(console.address().toString());
            assertThat(rows(next)).hasCount(1);
            assertLive(next);
            before = next;
        }
        assertNothingStrange();
    }

    @Test
    void aTabThatIsSeenAgainShowsWhatArrivedMeanwhileAndWhatArrivesFromThenOn() {
        visitor.page.addInitScript("""
                window.streams = [];
                window.EventSource = class extends EventSource {
                  constructor(url) {
                    super(url);
                    window.streams.push(this);
                  }
                };""");
        AtomicInteger answered = new AtomicInteger();
        visitor.page.onResponse(response -> {
            if (response.url().contains("/api/traces")) answered.incrementAndGet();
        });
        visitor.open(console);
        assertLive(visitor.page);
        // At first, and once more when the stream has begun: from then on it asks for nothing of its own.
        visitor.page.waitForCondition(() -> answered.get() >= 2);
        turn(visitor.page, "hidden");
        sendTrace(1);
        sendTrace(2);
        awaitTraces(2);
        // Nothing can come to it: to look for what came would be to look too soon.
        Assertions.assertThat(visitor.page.evaluate("streams.map((one) => one.readyState === EventSource.CLOSED)"))
                .isEqualTo(List.of(true));
        letPass();
        Assertions.assertThat(rows(visitor.page).count()).isZero();

        turn(visitor.page, "visible");
        assertThat(rows(visitor.page)).hasCount(2);
        assertLive(visitor.page);
        sendTrace(3);

        assertThat(rows(visitor.page)).hasCount(3);
        assertNothingStrange();
    }

    @Test
    void aPauseOutlastsTheTimeOutOfSight() {
        visitor.open(console);
        assertLive(visitor.page);
        visitor.page.keyboard().press("p");
        turn(visitor.page, "hidden");
        sendTrace(1);
        awaitTraces(1);
        AtomicInteger asked = new AtomicInteger();
        visitor.page.onRequest(request -> {
            if (request.url().contains("/api/traces")) asked.incrementAndGet();
        });

        turn(visitor.page, "visible");
        assertLive(visitor.page);
        letPass();
        sendTrace(2);
        // All that the page has asked for until it tells of this is counted by then.
        assertThat(visitor.page.locator(".live")).hasText("Paused1 new");
        Assertions.assertThat(asked).hasValue(0);
        visitor.page.keyboard().press("p");

        assertThat(rows(visitor.page)).hasCount(2);
        assertNothingStrange();
    }

    private void awaitTraces(int count) {
        await().atMost(ConsoleClient.PATIENCE)
                .until(() -> client.json("/api/traces").path("traces").size() == count);
    }

    /** More of the page's own time than it takes until it asks anew, if it does. */
    private void letPass() {
        visitor.stopTime();
        visitor.page.clock().runFor(5_000);
        visitor.letTimeGoOn();
    }

    private static void assertLive(Page page) {
        assertThat(page.locator(".live[data-link=live]")).isVisible();
    }

    private static Locator rows(Page page) {
        return page.locator(".traces tbody tr");
    }

    /** A driven browser takes each tab for seen: the page is told what another tab in front of it would tell it. */
    private static void turn(Page page, String state) {
        page.evaluate("""
                (state) => {
                  Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => state});
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", state);
    }
}
