package io.cruddur.obs.console;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The command line, read. */
record ConsoleOptions(boolean help, Console.Builder console) {

    private static final String PORT = "CRUDDUR_OBS_CONSOLE_PORT";
    private static final String TOKEN = "CRUDDUR_OBS_CONSOLE_TOKEN";

    static final String HELP = """
            The Cruddur Obs console: shows traces, logs and errors that programs on this machine send.

            Options:
              --port N    port of 127.0.0.1 for UDP and TCP, 0 for any that is free
                          (default: CRUDDUR_OBS_CONSOLE_PORT, else 2000)
              --token T   token that reading takes: 8 to 128 letters, digits or . _ ~ -
                          (default: CRUDDUR_OBS_CONSOLE_TOKEN, else a new one at each start)
              --help      this text

            Send to it, here with the default port:
              X-Ray SDKs, the daemon's clients   AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:2000
              CloudWatch Logs clients            AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=http://127.0.0.1:2000
              OpenTelemetry SDKs                 OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:2000/v1/traces
                                                 OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
                                                 OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none
              Rollbar notifiers                  ROLLBAR_ENDPOINT=http://127.0.0.1:2000/api/1/item/

            Only this machine can reach it. All data stay in memory, at most 64 MB of them, and go with it.
            """;

    /**
     * @param environment the value of a variable by its name, null for none
     * @throws IllegalArgumentException with a message for the person who typed it
     */
    static ConsoleOptions parse(String[] args, Function<String, @Nullable String> environment) {
        Console.Builder console = Console.builder();
        boolean help = false;
        boolean port = false;
        boolean token = false;
        Iterator<String> left = List.of(args).iterator();
        while (left.hasNext()) {
            String arg = left.next();
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            String given = equals < 0 ? null : arg.substring(equals + 1);
            switch (name) {
                case "--help", "-h" -> help = true;
                case "--port" -> {
                    console.port(number(value(name, given, left)));
                    port = true;
                }
                case "--token" -> {
                    console.token(value(name, given, left));
                    token = true;
                }
                default ->
                    throw new IllegalArgumentException(
                            "There is no option " + name + ": the options are --port N, --token T and --help.");
            }
        }
        // What an option says, the environment has no say in; and to whoever asks for help it says nothing either.
        if (!port && !help) ofEnvironment(PORT, environment, value -> console.port(number(value)));
        if (!token && !help) ofEnvironment(TOKEN, environment, console::token);
        return new ConsoleOptions(help, console);
    }

    private static void ofEnvironment(
            String name, Function<String, @Nullable String> environment, Consumer<String> setter) {
        String value = environment.apply(name);
        if (value == null || value.isBlank()) return;
        try {
            setter.accept(value.strip());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(name + " of the environment: " + wrong.getMessage(), wrong);
        }
    }

    private static String value(String name, @Nullable String given, Iterator<String> left) {
        if (given != null) return given;
        if (left.hasNext()) return left.next();
        throw new IllegalArgumentException("The option " + name + " needs a value.");
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("The port must be a number from 0 to 65535, not " + value + ".");
        }
    }
}
