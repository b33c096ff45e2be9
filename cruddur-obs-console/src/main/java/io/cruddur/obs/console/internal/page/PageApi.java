package io.cruddur.obs.console.internal.page;

import io.cruddur.obs.console.internal.http.Access;
import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** The page: {@code /}, its files under {@code /page/}, and under {@code /lib/} the libraries that it draws with. */
public final class PageApi {

    private static final String LOCKED = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Cruddur Obs: token needed</title>
            <h1>This console takes a token</h1>
            <p>Open the URL that was printed when the console started: it has the token in it.
            A console that has started anew has a new one.</p>
            </html>
            """;

    private static final String HTML = "text/html; charset=utf-8";

    private final Access access;
    private final ClassPathFiles page = new ClassPathFiles("io/cruddur/obs/console/page/");
    private final ClassPathFiles dagre = ClassPathFiles.ofWebJar("dagre");
    private final ClassPathFiles litHtml = ClassPathFiles.ofWebJar("lit-html");
    private final AtomicBoolean opened = new AtomicBoolean();

    public PageApi(Access access) {
        this.access = access;
    }

    public void addTo(Routes routes) {
        routes.open("GET", "/", this::index)
                .guarded("GET", "/page/{file...}", call -> page.get(call.path("file"), call))
                .guarded("GET", "/lib/dagre/{file...}", call -> dagre.get(call.path("file"), call))
                .guarded("GET", "/lib/lit-html/{file...}", call -> litHtml.get(call.path("file"), call));
    }

    private Answer index(Call call) {
        String token = call.query("token");
        if (token != null && access.isToken(token)) {
            if (!opened.getAndSet(true)) loadJson();
            // On to the page without it, so that it stays neither in the address bar nor in the history.
            return Answer.empty(303).with("Location", "/").with("Set-Cookie", access.setCookie());
        }
        if (token == null && call.mayRead()) return page.get("index.html", call);
        return Answer.bytes(401, HTML, LOCKED.getBytes(StandardCharsets.UTF_8)).with("WWW-Authenticate", "Bearer");
    }

    /**
     * Its classes take some 200 ms. That is no part of the console's start, and while the browser fetches the page's files
     * it is no part of the first data's way either.
     */
    private static void loadJson() {
        Thread loader = new Thread(() -> Json.bytes(Json.object()), "cruddur-obs-console-load");
        loader.setDaemon(true);
        loader.start();
    }
}
