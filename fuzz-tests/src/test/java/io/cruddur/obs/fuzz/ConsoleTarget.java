package io.cruddur.obs.fuzz;

import io.cruddur.obs.console.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * What any program on the machine may post to the console: the answer is never a fault of the console's own. The first
 * byte chooses the address; the rest is the body.
 */
public final class ConsoleTarget {
    private record Address(String path, String type, String target) {}

    private static final String AMZ = "application/x-amz-json-1.1";
    private static final List<Address> ADDRESSES = List.of(
            new Address("/TraceSegments", "application/json", ""),
            new Address("/GetSamplingRules", "application/json", ""),
            new Address("/SamplingTargets", "application/json", ""),
            new Address("/TelemetryRecords", "application/json", ""),
            new Address("/v1/traces", "application/json", ""),
            new Address("/v1/traces", "application/x-protobuf", ""),
            new Address("/api/1/item/", "application/json", ""),
            new Address("/api/delivery", "application/json", ""),
            new Address("/", AMZ, "Logs_20140328.PutLogEvents"),
            new Address("/", AMZ, "Logs_20140328.CreateLogGroup"),
            new Address("/", AMZ, "Logs_20140328.CreateLogStream"),
            new Address("/", AMZ, "Logs_20140328.DescribeLogGroups"));

    private static final Console CONSOLE = start();

    private ConsoleTarget() {}

    private static Console start() {
        try {
            return Console.builder().port(0).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Address address = ADDRESSES.get((input[0] & 0xFF) % ADDRESSES.size());
        URI uri = URI.create("http://127.0.0.1:" + CONSOLE.port() + address.path());
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(30_000);
        connection.setReadTimeout(30_000);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", address.type());
        connection.setRequestProperty("X-Rollbar-Access-Token", "none");
        if (!address.target().isEmpty()) {
            connection.setRequestProperty("X-Amz-Target", address.target());
        }
        connection.getOutputStream().write(Arrays.copyOfRange(input, 1, input.length));
        int status = connection.getResponseCode();
        try (var answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (answer != null) {
                answer.readAllBytes();
            }
        }
        if (status >= 500) {
            throw new AssertionError(address + " answers " + status);
        }
    }
}
