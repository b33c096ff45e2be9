package io.cruddur.obs.console;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A fresh console on a free port for each test, and a client of it. A stream that opens unasked fails, and hangs not. */
@Timeout(120)
abstract class WithConsole {

    Console console;
    ConsoleClient client;

    @BeforeEach
    void startConsole() throws IOException {
        console = Console.builder().port(0).start();
        client = new ConsoleClient(console);
    }

    @AfterEach
    void closeConsole() {
        console.close();
    }
}
