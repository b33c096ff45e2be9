package io.cruddur.backend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.cruddur.backend.support.Client;
import io.cruddur.backend.support.ConsoleReader;
import io.cruddur.obs.console.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The console's page in a real browser. Needs an installed Chromium or Chrome; none is downloaded. */
@LocalBackendTest
class PageTest {
    private static final int PATIENCE_MS = 30_000;
    /** For the browser, which the disk may have to read first. */
    private static final int START_MS = 120_000;

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    @LocalServerPort
    private int port;

    @Autowired
    private Console console;

    @Test
    void thePageShowsTheTwoNestedSpans() {
        Path chromium = chromium();
        String traceId = new Client(port).get("/api/activities/notifications").traceId();
        new ConsoleReader(console.port(), console.token()).trace(traceId);

        var noDownload = new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        try (Playwright playwright = Playwright.create(noDownload);
                Browser browser = playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(FLAGS)
                                .setTimeout(START_MS))) {
            Page page = browser.newPage();
            page.setDefaultTimeout(PATIENCE_MS);
            page.navigate(console.pageUrl().toString());
            page.locator("a[href$='" + traceId + "']").click();
            // The log lines are rows as well, where the console of this test gets them.
            Locator spans = page.locator("table.waterfall tbody tr:not(.log)");
            setDefaultAssertionTimeout(PATIENCE_MS);
            assertThat(spans).hasCount(3);
            assertThat(spans.nth(1)).containsText("Level 2: notifications_activities");
            assertThat(spans.nth(2)).containsText("Level 3: returning_mock_data");
        }
    }

    private static Path chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> {
                    if ("true".equals(System.getenv("CI"))) {
                        throw new AssertionError("CI needs Chromium in /usr/bin to prove the page");
                    }
                    return abort("no Chromium in /usr/bin");
                });
    }
}
