package io.cruddur.obs.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** One page, and a record of all that it should not do: complain, or ask anything but this machine. */
final class Visitor implements AutoCloseable {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final BrowserContext context;
    private final AtomicLong bytes = new AtomicLong();
    final Page page;
    final List<String> complaints = new ArrayList<>();
    final List<String> strangers = new ArrayList<>();

    Visitor(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout((double) ConsoleClient.PATIENCE.toMillis());
        context.onRequest(request -> {
            if (!LOOPBACK.contains(URI.create(request.url()).getHost())) strangers.add(request.url());
        });
        context.onConsoleMessage(message -> {
            if (Set.of("error", "warning").contains(message.type())) complaints.add(message.text());
        });
        page = context.newPage();
        page.onPageError(complaints::add);
    }

    /** From now on, what the page's files weigh. */
    void countBytes() {
        context.onResponse(response -> {
            String path = URI.create(response.url()).getPath();
            if (path.equals("/") || path.startsWith("/page/") || path.startsWith("/lib/")) {
                String length = response.headerValue("content-length");
                if (length != null && response.status() == 200) bytes.addAndGet(Long.parseLong(length));
            }
        });
    }

    long bytes() {
        return bytes.get();
    }

    void allowClipboard(Console console) {
        context.grantPermissions(
                List.of("clipboard-read", "clipboard-write"),
                new BrowserContext.GrantPermissionsOptions()
                        .setOrigin(console.address().toString()));
    }

    /** The printed address: the token in it is exchanged for a cookie. */
    void open(Console console) {
        page.navigate(console.pageUrl().toString());
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    Locator tab(String name) {
        return page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
    }

    /** The page's own time stands still from now on: what it shows for a while, it goes on showing. */
    void stopTime() {
        page.clock().install();
        page.clock().pauseAt(System.currentTimeMillis() + 60_000);
    }

    void letTimeGoOn() {
        page.clock().resume();
    }

    /** By how many pixels the page is wider than the window. */
    int overhang() {
        return (Integer) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** The cookie is gone, as if the console had started anew with another token. */
    void forgetCookies() {
        context.clearCookies();
    }

    /** Width and colour scheme, for the name of a picture. */
    String look() {
        boolean dark = (Boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
        return page.viewportSize().width + (dark ? "-dark" : "-light");
    }

    void screenshot(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        context.close();
    }
}
