package io.cruddur.obs.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.Span;
import io.cruddur.obs.TraceContext;
import io.cruddur.obs.test.otlp.ReceivedSpan;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SqlCall;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is said of a span, in the names of the semantic conventions. */
class SpansTest {

    @Test
    void idsParentsKindsAndTimesAreTheSpansOwn() {
        var contexts = new ArrayList<TraceContext>();
        Encoded spans = Encoded.of(obs -> {
            try (Span root = obs.trace("server").server().start();
                    Span client = obs.trace("client").client().start();
                    Span inside = obs.trace("internal").start()) {
                List.of(root, client, inside).forEach(span -> contexts.add(span.context()));
            }
        });
        ReceivedSpan root = spans.named("server");
        ReceivedSpan client = spans.named("client");
        ReceivedSpan inside = spans.named("internal");
        assertThat(List.of(root.spanId(), client.spanId(), inside.spanId()))
                .isEqualTo(contexts.stream().map(TraceContext::spanId).toList());
        assertThat(spans.spans())
                .allMatch(span -> span.traceId().equals(contexts.get(0).traceId()));
        assertThat(root.parentId()).isEmpty();
        assertThat(client.parentId()).isEqualTo(root.spanId());
        assertThat(inside.parentId()).isEqualTo(client.spanId());
        assertThat(root.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(client.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        assertThat(inside.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_INTERNAL);
        assertThat(inside.span().getStartTimeUnixNano())
                .isGreaterThanOrEqualTo(root.span().getStartTimeUnixNano());
        assertThat(inside.span().getEndTimeUnixNano())
                .isLessThanOrEqualTo(root.span().getEndTimeUnixNano());
        assertThat(root.span().getStartTimeUnixNano() % 1_000).isZero();
        assertThat(root.span().getFlags()).isEqualTo(0x101);
    }

    @Test
    void aCallersSpanIsARemoteParent() {
        String caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        ReceivedSpan root = Encoded.of(obs -> obs.trace("asked")
                        .server()
                        .continueFrom(name -> name.equals("traceparent") ? caller : null)
                        .run(span -> {}))
                .only();
        assertThat(root.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(root.parentId()).isEqualTo("00f067aa0ba902b7");
        assertThat(root.span().getFlags()).isEqualTo(0x301);
    }

    @Test
    void aServersRequestIsSaidInItsParts() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("GET").server().run(s -> {
                    s.http(new HttpRequest(
                            "GET", "https://shop.example:8443/api/a?page=", "192.0.2.1", "curl/8", true));
                    s.httpResponse(404, 12);
                }))
                .only();
        assertThat(span.text("http.request.method")).isEqualTo("GET");
        assertThat(span.text("url.scheme")).isEqualTo("https");
        assertThat(span.text("server.address")).isEqualTo("shop.example");
        assertThat(span.attribute("server.port").map(AnyValue::getIntValue)).contains(8_443L);
        assertThat(span.text("url.path")).isEqualTo("/api/a");
        assertThat(span.text("url.query")).isEqualTo("page=");
        assertThat(span.text("client.address")).isEqualTo("192.0.2.1");
        assertThat(span.text("user_agent.original")).isEqualTo("curl/8");
        assertThat(span.attribute("aws.xray.x_forwarded_for").map(AnyValue::getBoolValue))
                .contains(true);
        assertThat(span.attribute("http.response.status_code").map(AnyValue::getIntValue))
                .contains(404L);
        assertThat(span.attribute("http.response.body.size").map(AnyValue::getIntValue))
                .contains(12L);
        // Who is asked wrongly has not failed.
        assertThat(span.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(span.attribute("url.full")).isEmpty();
    }

    @Test
    void aCallersRequestIsAUrl() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("call").client().run(s -> {
                    s.http(new HttpRequest("POST", "http://[::1]:8080/a?b=", null, null, false));
                    s.httpResponse(404, -1);
                }))
                .only();
        assertThat(span.text("url.full")).isEqualTo("http://[::1]:8080/a?b=");
        assertThat(span.text("server.address")).isEqualTo("::1");
        assertThat(span.attribute("url.path")).isEmpty();
        assertThat(span.attribute("http.response.body.size")).isEmpty();
        // A caller's mistake is the caller's.
        assertThat(span.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(span.text("error.type")).isEqualTo("404");
    }

    @Test
    void aFaultOfAServerIsAnError() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("GET").server().run(s -> s.httpResponse(503, -1)))
                .only();
        assertThat(span.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(span.text("error.type")).isEqualTo("503");
    }

    @Test
    void aQueryHasTheConventionsNames() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("query")
                        .client()
                        .run(s -> s.sql(SqlCall.of("SELECT * FROM t WHERE id = ?")
                                .withUrl("jdbc:postgresql://app@db.example:5433/shop?ssl=true")
                                .withDatabase("PostgreSQL", "16.2")
                                .withDriverVersion("42")
                                .withUser("app"))))
                .only();
        assertThat(span.text("db.system.name")).isEqualTo("postgresql");
        assertThat(span.text("db.query.text")).isEqualTo("SELECT * FROM t WHERE id = ?");
        assertThat(span.text("server.address")).isEqualTo("db.example");
        assertThat(span.attribute("server.port").map(AnyValue::getIntValue)).contains(5_433L);
        assertThat(span.text("db.namespace")).isEqualTo("shop");
        assertThat(span.text("db.user")).isEqualTo("app");
        assertThat(span.text("cruddur.db.version")).isEqualTo("16.2");
    }

    @Test
    void aDatabaseWithoutAServerHasNoAddress() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("query")
                        .client()
                        .run(s -> s.sql(SqlCall.of("SELECT 1")
                                .withUrl("jdbc:h2:mem:test")
                                .withDatabase("H2", null))))
                .only();
        assertThat(span.text("db.system.name")).isEqualTo("h2database");
        assertThat(span.text("db.connection_string")).isEqualTo("jdbc:h2:mem:test");
        assertThat(span.attribute("server.address")).isEmpty();
    }

    @Test
    void aCallToAwsIsOneOfTheService() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("DynamoDB")
                        .run(s -> s.aws(AwsCall.of("PutItem")
                                .withRegion("eu-central-1")
                                .withRequestId("R1")
                                .withTableName("messages")
                                .withRetries(2))))
                .only();
        assertThat(span.span().getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        assertThat(span.text("rpc.system")).isEqualTo("aws-api");
        assertThat(span.text("rpc.service")).isEqualTo("DynamoDB");
        assertThat(span.text("rpc.method")).isEqualTo("PutItem");
        assertThat(span.text("aws.region")).isEqualTo("eu-central-1");
        assertThat(span.text("aws.request_id")).isEqualTo("R1");
        assertThat(span.text("aws.table_name")).isEqualTo("messages");
        assertThat(span.texts("aws.dynamodb.table_names")).containsExactly("messages");
        assertThat(span.attribute("aws.xray.retries").map(AnyValue::getIntValue))
                .contains(2L);
    }

    @Test
    void annotationsAreListedAsIndexedAndMetadataIsNot() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("span").run(s -> {
                    s.annotate("plan", "basic").annotate("plan", "pro");
                    s.annotate("count", 3).annotate("share", 0.5).annotate("paid", true);
                    s.annotate("odd", Double.NaN);
                    s.metadata("results", Map.of("number", 5)).metadata("cart", "item", "a \"b\"");
                }))
                .only();
        assertThat(span.text("plan")).isEqualTo("pro");
        assertThat(span.attribute("count").map(AnyValue::getIntValue)).contains(3L);
        assertThat(span.attribute("share").map(AnyValue::getDoubleValue)).contains(0.5);
        assertThat(span.attribute("paid").map(AnyValue::getBoolValue)).contains(true);
        assertThat(span.text("odd")).isEqualTo("NaN");
        assertThat(span.texts("aws.xray.annotations")).containsExactly("plan", "count", "share", "paid", "odd");
        assertThat(span.text("aws.xray.metadata.default")).isEqualTo("{\"results\":{\"number\":5}}");
        assertThat(span.text("aws.xray.metadata.cart")).isEqualTo("{\"item\":\"a \\\"b\\\"\"}");
    }

    @Test
    void noMoreAnnotationsAreListedThanXRayIndexesButAllAreThere() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("span").run(s -> {
                    for (int i = 0; i < 60; i++) {
                        s.annotate("key" + i, i);
                    }
                }))
                .only();
        assertThat(span.texts("aws.xray.annotations")).hasSize(50);
        assertThat(span.attribute("key59").map(AnyValue::getIntValue)).contains(59L);
    }

    @Test
    void theUserIsOneOfTheWholeRequest() {
        Encoded spans = Encoded.of(obs ->
                obs.trace("root").server().run(root -> obs.trace("child").run(child -> child.user("andrew"))));
        assertThat(spans.named("root").text("user.id")).isEqualTo("andrew");
        assertThat(spans.named("root").text("enduser.id")).isEqualTo("andrew");
        assertThat(spans.named("child").attribute("user.id")).isEmpty();
    }

    @Test
    void anExceptionHasItsStackWhereItHappenedAlone() {
        var cause = new IOException("disk");
        var exception = new IllegalStateException("no order", cause);
        exception.addSuppressed(new IllegalArgumentException("nor this"));
        Encoded spans = Encoded.of(obs -> {
            try (Span root = obs.trace("root").server().start();
                    Span child = obs.trace("child").start()) {
                child.exception(exception);
                root.exception(exception);
            }
        });
        ReceivedSpan child = spans.named("child");
        Event event = child.span().getEvents(0);
        assertThat(event.getName()).isEqualTo("exception");
        assertThat(event.getTimeUnixNano()).isEqualTo(child.span().getEndTimeUnixNano());
        Map<String, String> said = said(event);
        assertThat(said)
                .containsEntry("exception.type", "java.lang.IllegalStateException")
                .containsEntry("exception.message", "no order");
        assertThat(said.get("exception.stacktrace"))
                .startsWith("java.lang.IllegalStateException: no order\n\tat io.cruddur.obs.otlp.SpansTest.")
                .contains("\n\tSuppressed: java.lang.IllegalArgumentException: nor this\n\t\tat ")
                .contains("\nCaused by: java.io.IOException: disk\n\tat ");
        assertThat(child.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(child.span().getStatus().getMessage()).isEqualTo("no order");
        assertThat(child.text("error.type")).isEqualTo("java.lang.IllegalStateException");

        ReceivedSpan root = spans.named("root");
        assertThat(said(root.span().getEvents(0))).containsOnlyKeys("exception.type", "exception.message");
        assertThat(root.span().getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    }

    private static Map<String, String> said(Event event) {
        return event.getAttributesList().stream()
                .collect(Collectors.toMap(
                        attribute -> attribute.getKey(),
                        attribute -> attribute.getValue().getStringValue()));
    }

    @Test
    void linksAndPrecursorsAreLinks() {
        var contexts = new ArrayList<TraceContext>();
        Encoded spans = Encoded.of(obs -> {
            obs.trace("other").run(other -> contexts.add(other.context()));
            obs.trace("root").run(root -> {
                obs.trace("first").run(first -> contexts.add(first.context()));
                obs.trace("second").run(second -> {
                    second.link(contexts.get(0));
                    second.precursor(contexts.get(1));
                });
            });
        });
        var links = spans.named("second").span().getLinksList();
        assertThat(links).hasSize(2);
        assertThat(links.get(0).getSpanId())
                .isEqualTo(spans.named("other").span().getSpanId());
        assertThat(links.get(0).getTraceId())
                .isEqualTo(spans.named("other").span().getTraceId());
        assertThat(links.get(1).getSpanId())
                .isEqualTo(spans.named("first").span().getSpanId());
        assertThat(links.get(1).getAttributes(0).getValue().getStringValue()).isEqualTo("precursor");
    }

    @Test
    void eachRequestSaysWhatItIsFrom() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("span").run(s -> {})).only();
        assertThat(span.ofResource("service.name").map(AnyValue::getStringValue))
                .contains("shop");
        assertThat(span.ofResource("process.pid").map(AnyValue::getIntValue))
                .contains(ProcessHandle.current().pid());
        assertThat(span.ofResource("telemetry.sdk.language").map(AnyValue::getStringValue))
                .contains("java");
    }

    @Test
    void halvesOfCharactersBecomeAReplacement() {
        ReceivedSpan span = Encoded.of(obs -> obs.trace("a\uD800b").run(s -> {
                    s.annotate("k\uDC00", "v\uD83D");
                    s.metadata("m", "\uD800");
                }))
                .only();
        assertThat(span.name()).isEqualTo("a\uFFFDb");
        assertThat(span.text("k\uFFFD")).isEqualTo("v\uFFFD");
        assertThat(span.text("aws.xray.metadata.default"))
                .startsWith("{\"m\":\"")
                .doesNotContain("\uD800");
    }
}
