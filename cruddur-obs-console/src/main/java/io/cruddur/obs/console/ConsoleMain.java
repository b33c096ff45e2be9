package io.cruddur.obs.console;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** The console as a program of its own: {@code java -jar cruddur-obs-console-app.jar [--port N] [--token T]}. */
public final class ConsoleMain {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private ConsoleMain() {}

    public static void main(String[] args) throws InterruptedException {
        // Only what goes wrong: for the runnable jar, whose logging this is.
        if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        }
        // Nothing here is told in the user's language, but Jetty lists all locales that there are, which takes 150 ms
        // with those of the JDK.
        if (System.getProperty("java.locale.providers") == null) System.setProperty("java.locale.providers", "SPI");
        CountDownLatch forEver = new CountDownLatch(1);
        int status = run(args, System.out, System.err, forEver::await);
        System.exit(status);
    }

    /** What keeps the program running once the console is up. */
    interface Running {
        void await() throws InterruptedException;
    }

    static int run(String[] args, PrintStream out, PrintStream err, Running running) throws InterruptedException {
        ConsoleOptions options;
        try {
            options = ConsoleOptions.parse(args, System::getenv);
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            err.println("Try --help.");
            return WRONG_USE;
        }
        if (options.help()) {
            out.print(ConsoleOptions.HELP);
            return OK;
        }
        try (Console console = options.console().start()) {
            out.println("Cruddur Obs console: " + console.pageUrl());
            out.println("Listening on 127.0.0.1:" + console.port() + " (UDP and TCP)");
            out.flush();
            running.await();
            return OK;
        } catch (IOException failure) {
            err.println(whyNot(failure, options.console().port()));
            return FAILED;
        }
    }

    private static String whyNot(IOException failure, int port) {
        if (port != 0 && Ping.isAnswered(port)) {
            return "A Cruddur Obs console listens on port " + port
                    + " already: what is sent there shows up in it. Open the"
                    + " URL that it printed when it started, or start a second one with --port N.";
        }
        return failure.getMessage() + ", perhaps by the X-Ray daemon. Choose another with --port N, or --port 0 for any"
                + " that is free.";
    }
}
