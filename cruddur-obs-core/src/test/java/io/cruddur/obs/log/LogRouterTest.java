package io.cruddur.obs.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.SpanIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRouterTest {
    @ParameterizedTest
    @CsvSource({
        "audit, audit",
        "audit.login, audit",
        "audit.login.failed, audit.login.failed",
        "audit.login.failed.often, audit.login.failed",
        "audit.login.failedagain, audit",
        "auditor, none",
        "aud, none",
        "com.acme, com.acme.",
        "com.acme.Home, com.acme.",
        "'', none",
    })
    void theLongestLoggerAboveWins(String logger, String route) {
        List<String> taken = new ArrayList<>();
        var routes = new HashMap<String, Consumer<LogRecord>>();
        for (String name : new String[] {"audit", "audit.login.failed", "com.acme."}) {
            routes.put(name, record -> taken.add(name));
        }
        new LogRouter(routes, record -> taken.add("none"))
                .accept(new LogRecord(
                        0, "INFO", logger, "main", "message", Map.of(), Map.of(), null, SpanIds.current()));
        assertThat(taken).containsExactly(route);
    }
}
