package io.cruddur.obs.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pictures of each view of a console that runs, for the documentation; see {@code docs/images/make}. */
final class Screenshots {

    private static final int WIDTH = 1280;
    private static final int NARROW = 375;

    private final String base;
    private final String token;
    private final Path folder;

    private Screenshots(String base, String token, Path folder) {
        this.base = base;
        this.token = token;
        this.folder = folder;
    }

    /** @param args the console's address, its token, the folder for the pictures */
    public static void main(String[] args) throws IOException, InterruptedException {
        new Screenshots(args[0], args[1], Path.of(args[2])).take();
    }

    private void take() throws IOException, InterruptedException {
        String notifications = trace("notifications", "notifications");
        String slow = trace("status=200 calls=DynamoDB", "/api/messages");
        String fault = trace("fault", "boom");
        JsonNode errors = json("/api/errors").path("errors");
        String error = errors.valueStream()
                .filter(group -> group.path("level").asString().equals("error"))
                .findFirst()
                .orElse(errors.path(0))
                .path("fingerprint")
                .asString();
        try (Chromium chromium = Chromium.start();
                Visitor wide = chromium.visitor(WIDTH, ColorScheme.LIGHT);
                Visitor dark = chromium.visitor(WIDTH, ColorScheme.DARK);
                Visitor narrow = chromium.visitor(NARROW, ColorScheme.LIGHT)) {
            for (Visitor visitor : new Visitor[] {wide, dark, narrow}) visitor.page.navigate(base + "/?token=" + token);
            picture(wide, "traces", "/traces", ".traces");
            picture(wide, "trace", "/traces/" + notifications, ".waterfall", "returning_mock_data");
            picture(wide, "spans", "/traces/" + slow, ".waterfall");
            picture(wide, "fault", "/traces/" + fault, ".waterfall");
            picture(wide, "map", "/map", ".map");
            picture(wide, "logs", "/logs", ".logs");
            picture(wide, "errors", "/errors", ".errors");
            picture(wide, "error", "/errors/" + error, ".stack");
            picture(wide, "delivery", "/delivery", ".delivery");
            picture(dark, "fault-dark", "/traces/" + fault, ".waterfall");
            picture(dark, "map-dark", "/map", ".map");
            picture(narrow, "narrow", "/traces/" + fault, ".waterfall");
        }
    }

    private void picture(Visitor visitor, String name, String view, String ready, String... spans) {
        visitor.page.navigate(base + "/#" + view);
        visitor.page.locator(ready).first().waitFor();
        for (String span : spans) {
            visitor.page
                    .locator(".waterfall [data-row]")
                    .filter(new Locator.FilterOptions().setHasText(span))
                    .first()
                    .click();
            visitor.page.locator("#span-panel").waitFor();
        }
        visitor.page.mouse().move(0, 0);
        visitor.screenshot(folder.resolve(name + ".png"));
    }

    /** The newest trace that fits and has this in its name; else the newest of all. */
    private String trace(String filter, String name) throws IOException, InterruptedException {
        JsonNode found =
                json("/api/traces?filter=" + ConsoleClient.encoded(filter)).path("traces");
        return found.valueStream()
                .filter(row -> row.path("name").asString().contains(name))
                .findFirst()
                .orElseGet(() -> found.path(0))
                .path("id")
                .asString();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) throw new IOException(new String(answer.body(), StandardCharsets.UTF_8));
        return new JsonMapper().readTree(answer.body());
    }
}
