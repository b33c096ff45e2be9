package io.cruddur.obs.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The Chromium of this machine, driven by Playwright; nothing is downloaded. */
final class Chromium implements AutoCloseable {

    private static final String HINT =
            "Install Chromium, or say where it is by the environment variable or system property CHROMIUM.";

    /** The disk may have to read it first. */
    private static final double START_MS = 120_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the test on a machine without Chromium, but never where all tests are expected to run. */
    static Chromium start() {
        Path executable = executable();
        boolean found = Files.isExecutable(executable);
        if (!found && "true".equals(System.getenv("CI"))) throw new AssertionError("No " + executable + ". " + HINT);
        assumeTrue(found, () -> "No " + executable + ". " + HINT);

        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setTimeout(START_MS)
                        // The sandbox needs rights that a build in a container does not have.
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        return new Chromium(playwright, browser);
    }

    private static Path executable() {
        String property = System.getProperty("CHROMIUM", "");
        if (!property.isEmpty()) return Path.of(property);
        return Path.of(Objects.requireNonNullElse(System.getenv("CHROMIUM"), "/usr/bin/chromium"));
    }

    /** A fresh profile, so no cookie of another console. */
    Visitor visitor(int width, ColorScheme scheme) {
        return new Visitor(browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme)));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
