package io.cruddur.obs.console;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh console on a free port for each test, and a client of it. */
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
