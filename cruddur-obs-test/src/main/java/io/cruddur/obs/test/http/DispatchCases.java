package io.cruddur.obs.test.http;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Ways of a request within the application. */
abstract class DispatchCases extends TrustCases {

    @Test
    void aForwardIsAPartOfItsRequest() throws Exception {
        needs(Feature.FORWARD);
        assertThat(get("/forward").body()).isEqualTo("ok");

        var segment = segment();
        assertThat(segment).hasStatus(200);
        assertThat(target(segment)).isEqualTo("/forward");
    }

    @Test
    void anIncludeIsAPartOfItsRequest() throws Exception {
        needs(Feature.INCLUDE);
        assertThat(get("/include").body()).isEqualTo("[ok]");

        assertThat(segment()).hasStatus(200);
    }

    @Test
    void theRouteIsAnAnnotation() throws Exception {
        needs(Feature.ROUTE);
        get("/items/42");

        var segment = segment();
        assertThat(segment).hasAnnotation("http_route", "/items/{id}");
        assertThat(target(segment)).isEqualTo("/items/42");
    }

    @Test
    void anExcludedPathPassesUntouched() throws Exception {
        HttpResponse<String> answer = get("/excluded/current");

        assertThat(answer.body()).isEqualTo("none");
        assertThat(answer.headers().firstValue("X-Amzn-Trace-Id")).isEmpty();
    }

    @Test
    void anExcludedPathIsFoundHoweverItIsWritten() throws Exception {
        needs(Feature.DECODED_PATH);
        assertThat(get("/%65xcluded/current;a=b?c=d").body()).isEqualTo("none");
    }

    @Test
    void aPathThatOnlyLooksExcludedIsTraced() throws Exception {
        needs(Feature.NORMALISED_PATH);
        raw("GET /excluded/../ok HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(target(segment())).isEqualTo("/excluded/../ok");
    }
}
