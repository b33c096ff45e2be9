package io.cruddur.obs.otlp;

import io.cruddur.obs.redact.Redactor;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.SqlCall;
import io.cruddur.obs.trace.limits.SpanLimits;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a span says of requests, queries and calls to AWS, in the names of OpenTelemetry's semantic conventions. Where
 * these have none it is the collector's name for what X-Ray calls so, and else one of ours.
 */
final class CallAttributes {
    private static final int MAX_CHARS = SpanLimits.MAX_CALL_CHARS;

    /** Each part ends where the next begins, so that no text takes long. */
    private static final Pattern URL = Pattern.compile(
            "(?:([a-zA-Z][a-zA-Z0-9+.-]*+)://(?:[^/?#@]*+@)?(\\[[^\\]]*+\\]|[^/?#:]*+)(?::(\\d{1,5}))?)?([^?#]*+)(?:\\?([^#]*+))?.*",
            Pattern.DOTALL);

    private final Redactor redactor;

    CallAttributes(Redactor redactor) {
        this.redactor = redactor;
    }

    void putHttp(SpanNode span, SpanExtra extra, Attributes to) {
        HttpRequest request = extra.request();
        if (request != null) {
            to.text("http.request.method", request.method(), MAX_CHARS);
            putUrl(request.url(), span.kind().isRemoteCall(), to);
            to.text("client.address", request.clientAddress(), MAX_CHARS);
            to.text("user_agent.original", request.userAgent(), MAX_CHARS);
            if (request.forwarded()) {
                to.flag("aws.xray.x_forwarded_for");
            } else {
                to.text("network.peer.address", request.clientAddress(), MAX_CHARS);
            }
        }
        if (extra.status() != 0) {
            to.number("http.response.status_code", extra.status());
            if (extra.contentLength() >= 0) {
                to.number("http.response.body.size", extra.contentLength());
            }
        }
    }

    /** A caller has called a URL; who is called knows its parts. */
    private void putUrl(@Nullable String said, boolean caller, Attributes to) {
        if (said == null) {
            return;
        }
        // Before it is taken apart: what tells a secret may be in another part than the secret.
        String url = redactor.redact(said);
        Matcher parts = URL.matcher(url);
        if (caller || !parts.matches()) {
            to.harmless("url.full", url, MAX_CHARS);
        }
        if (!parts.matches()) {
            return;
        }
        putServer(parts.group(2), parts.group(3), to);
        if (!caller) {
            to.harmless("url.scheme", parts.group(1), MAX_CHARS);
            to.harmless("url.path", parts.group(4), MAX_CHARS);
            to.harmless("url.query", parts.group(5), MAX_CHARS);
        }
    }

    /** An address in brackets is one of IPv6, which has them in a URL alone. */
    private static void putServer(@Nullable String host, @Nullable String port, Attributes to) {
        if (host != null) {
            boolean brackets = host.length() > 2 && host.startsWith("[");
            to.harmless("server.address", brackets ? host.substring(1, host.length() - 1) : host, MAX_CHARS);
        }
        if (port != null) {
            to.number("server.port", Long.parseLong(port));
        }
    }

    void putSql(SqlCall call, Attributes to) {
        to.text("db.system.name", Databases.systemName(call.databaseType()), MAX_CHARS);
        to.text("db.query.text", call.sanitizedQuery());
        to.text("db.user", call.user(), MAX_CHARS);
        to.text("cruddur.db.version", call.databaseVersion(), MAX_CHARS);
        to.text("cruddur.db.driver_version", call.driverVersion(), MAX_CHARS);
        to.text("cruddur.db.preparation", call.preparation(), MAX_CHARS);
        if (call.url() != null) {
            String url = redactor.redact(call.url());
            to.harmless("db.connection_string", url, Integer.MAX_VALUE);
            Matcher parts = Databases.parts(url);
            if (parts.find()) {
                putServer(parts.group(1), parts.group(2), to);
                to.harmless("db.namespace", parts.group(3), MAX_CHARS);
            }
        }
    }

    /** A span of a call to AWS has the service's name. */
    void putAws(String service, AwsCall call, Attributes to) {
        to.text("rpc.system", "aws-api");
        to.text("rpc.service", service, MAX_CHARS);
        to.text("rpc.method", call.operation());
        to.text("aws.operation", call.operation());
        to.text("aws.region", call.region());
        to.text("cloud.region", call.region());
        to.text("aws.account_id", call.accountId());
        to.text("aws.request_id", call.requestId());
        to.text("aws.table_name", call.tableName());
        if (call.tableName() != null) {
            to.texts("aws.dynamodb.table_names", List.of(call.tableName()));
        }
        to.text("aws.queue_url", call.queueUrl());
        to.text("aws.sqs.queue.url", call.queueUrl());
        to.texts("aws.resource_names", call.resourceNames());
        if (call.retries() >= 0) {
            to.number("aws.xray.retries", call.retries());
        }
    }
}
