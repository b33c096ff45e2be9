package io.cruddur.obs.spring.docs;

import io.cruddur.obs.Obs;
import io.cruddur.obs.httpclient.TracedHttpClient;
import io.cruddur.obs.jdbc.JdbcTracing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The snippets of docs/outbound.md. */
final class Outbound {
    private Outbound() {}

    static DataSource database(DataSource dataSource) {
        DataSource traced = JdbcTracing.create().trace(dataSource);
        return traced;
    }

    static HttpClient client(Obs obs) {
        HttpClient client = TracedHttpClient.of(obs, HttpClient.newHttpClient());
        return client;
    }

    static void inject(Obs obs, Consumer<HttpRequest> sender) {
        obs.trace("payments").client().run(() -> {
            var request = HttpRequest.newBuilder(URI.create("https://payments.example/charge"));
            obs.inject(request::setHeader);
            sender.accept(request.build());
        });
    }
}
