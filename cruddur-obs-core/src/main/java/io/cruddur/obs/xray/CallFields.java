package io.cruddur.obs.xray;

import io.cruddur.obs.json.JsonBuffer;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SpanExtra;
import io.cruddur.obs.trace.SpanIds;
import io.cruddur.obs.trace.SqlCall;
import io.cruddur.obs.trace.limits.Allowance;
import io.cruddur.obs.trace.limits.SpanLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a span says of requests, queries, calls to AWS and other spans. Used by one thread. */
final class CallFields {
    private final JsonBuffer json;
    private final Allowance allowance;

    CallFields(JsonBuffer json, Allowance allowance) {
        this.json = json;
        this.allowance = allowance;
    }

    void writeHttp(SpanExtra extra) {
        HttpRequest request = extra.request();
        int status = extra.status();
        if (request == null && status == 0) {
            return;
        }
        int before = json.length();
        json.beginObject("http");
        if (request != null) {
            json.beginObject("request");
            allowance.field("method", request.method(), SpanLimits.MAX_CALL_CHARS);
            allowance.field("url", request.url(), SpanLimits.MAX_CALL_CHARS);
            allowance.field("client_ip", request.clientAddress(), SpanLimits.MAX_CALL_CHARS);
            allowance.field("user_agent", request.userAgent(), SpanLimits.MAX_CALL_CHARS);
            if (request.forwarded()) {
                json.flag("x_forwarded_for");
            }
            json.endObject();
        }
        if (status != 0) {
            json.beginObject("response").field("status", status);
            if (extra.contentLength() >= 0) {
                json.field("content_length", extra.contentLength());
            }
            json.endObject();
        }
        json.endObject();
        allowance.keeps(before, true, "http");
    }

    void writeSql(SqlCall call) {
        int before = json.length();
        json.beginObject("sql");
        allowance.field("url", call.url());
        allowance.field("sanitized_query", call.sanitizedQuery());
        allowance.field("database_type", call.databaseType());
        allowance.field("database_version", call.databaseVersion());
        allowance.field("driver_version", call.driverVersion());
        allowance.field("user", call.user(), SpanLimits.MAX_CALL_CHARS);
        allowance.field("preparation", call.preparation());
        json.endObject();
        allowance.keeps(before, true, "sql");
    }

    void writeAws(AwsCall call) {
        int before = json.length();
        json.beginObject("aws");
        allowance.field("operation", call.operation());
        allowance.field("region", call.region());
        allowance.field("account_id", call.accountId());
        allowance.field("request_id", call.requestId());
        allowance.field("table_name", call.tableName());
        allowance.field("queue_url", call.queueUrl());
        if (call.retries() >= 0) {
            json.field("retries", call.retries());
        }
        if (allowance.keeps(before, true, "aws")) {
            writeResources(call.resourceNames());
            json.endObject();
        }
    }

    private void writeResources(List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        json.beginArray("resource_names");
        boolean any = false;
        for (String name : names) {
            int before = json.length();
            allowance.string("resource_names", name, Integer.MAX_VALUE);
            any |= allowance.keeps(before, any, "resource_names");
        }
        json.endArray();
    }

    void writeUser(@Nullable String user) {
        allowance.field("user", user, SpanLimits.MAX_CALL_CHARS);
    }

    /** As the OpenTelemetry exporter for X-Ray writes them. */
    void writeLinks(List<SpanIds> links) {
        if (!links.isEmpty()) {
            json.beginArray("links");
            for (SpanIds link : links) {
                json.beginObject().key("trace_id").xrayTraceId(link.traceIdHigh(), link.traceIdLow());
                json.key("id").hexId(link.spanId()).endObject();
            }
            json.endArray();
        }
    }

    void writePrecursors(List<Long> precursors) {
        if (!precursors.isEmpty()) {
            json.beginArray("precursor_ids");
            precursors.forEach(json::hexId);
            json.endArray();
        }
    }
}
