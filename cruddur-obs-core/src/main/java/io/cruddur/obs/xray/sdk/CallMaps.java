package io.cruddur.obs.xray.sdk;

import io.cruddur.obs.capture.CapturedValue;
import io.cruddur.obs.redact.Urls;
import io.cruddur.obs.trace.AwsCall;
import io.cruddur.obs.trace.HttpRequest;
import io.cruddur.obs.trace.SpanNode;
import io.cruddur.obs.trace.SqlCall;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The SDK's maps of requests, queries and calls to AWS, and what a span says of them. What has no place there is metadata. */
final class CallMaps {
    private CallMaps() {}

    /** One that code may change while we read it. */
    static Map<String, Object> live() {
        return Collections.synchronizedMap(new HashMap<>());
    }

    static void write(
            SpanNode node,
            @Nullable String namespace,
            @Nullable Map<String, Object> http,
            @Nullable Map<String, Object> aws,
            @Nullable Map<String, Object> sql) {
        if (isSaid(http)) {
            writeHttp(node, copy(http));
        }
        if (isSaid(sql)) {
            writeSql(node, copy(sql));
        }
        if (isSaid(aws) || SpanDetails.AWS.equals(namespace)) {
            writeAws(node, SpanDetails.AWS.equals(namespace), copy(aws));
        }
    }

    private static boolean isSaid(@Nullable Map<String, Object> map) {
        return map != null && !map.isEmpty();
    }

    /** Plain values, whatever was put in; bounded. What is left in it at the end was not understood. */
    private static Map<String, @Nullable Object> copy(@Nullable Object map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (map == null) {
            return copy;
        }
        synchronized (map) {
            if (CapturedValue.of(map) instanceof Map<?, ?> plain) {
                plain.forEach((key, value) -> copy.put(String.valueOf(key), value));
            }
        }
        return copy;
    }

    private static void writeHttp(SpanNode node, Map<String, @Nullable Object> http) {
        Map<String, @Nullable Object> request = copy(http.remove("request"));
        String method = text(request, "method");
        String url = text(request, "url");
        String client = text(request, "client_ip");
        String agent = text(request, "user_agent");
        boolean forwarded = Boolean.TRUE.equals(request.remove("x_forwarded_for"));
        if (method != null || url != null || client != null || agent != null) {
            node.putHttpRequest(
                    new HttpRequest(method == null ? "" : method, withoutSecrets(url), client, agent, forwarded));
        }
        Map<String, @Nullable Object> response = copy(http.remove("response"));
        Number status = number(response, "status");
        Number length = number(response, "content_length");
        if (status != null) {
            node.putHttpResponse(status.intValue(), length == null ? -1 : length.longValue());
        }
        others(node, "http", http);
        others(node, "http.request", request);
        others(node, "http.response", response);
    }

    private static String withoutSecrets(@Nullable String url) {
        int query = url == null ? -1 : url.indexOf('?');
        if (url == null || query < 0) {
            return url == null ? "" : url;
        }
        return Urls.pathAndQueryNames(url.substring(0, query), url.substring(query + 1));
    }

    private static void writeSql(SpanNode node, Map<String, @Nullable Object> sql) {
        node.putSql(new SqlCall(
                text(sql, "url"),
                text(sql, "sanitized_query"),
                text(sql, "database_type"),
                text(sql, "database_version"),
                text(sql, "driver_version"),
                text(sql, "user"),
                text(sql, "preparation")));
        others(node, "sql", sql);
    }

    private static void writeAws(SpanNode node, boolean isCall, Map<String, @Nullable Object> aws) {
        boolean isSegment = node.parent() == null && !node.tree().isFragment();
        if (!isSegment && (isCall || aws.containsKey("operation"))) {
            Number retries = number(aws, "retries");
            node.putAws(new AwsCall(
                    text(aws, "operation"),
                    text(aws, "region"),
                    text(aws, "account_id"),
                    text(aws, "request_id"),
                    text(aws, "table_name"),
                    text(aws, "queue_url"),
                    texts(aws.remove("resource_names")),
                    retries == null ? -1 : retries.intValue()));
        }
        others(node, SpanDetails.AWS, aws);
    }

    private static void others(SpanNode node, String namespace, Map<String, @Nullable Object> left) {
        left.forEach((key, value) -> node.putMetadata(namespace, key, value));
    }

    private static @Nullable String text(Map<String, @Nullable Object> map, String key) {
        Object value = map.remove(key);
        return value == null ? null : value.toString();
    }

    private static @Nullable Number number(Map<String, @Nullable Object> map, String key) {
        return map.remove(key) instanceof Number number ? number : null;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }
}
