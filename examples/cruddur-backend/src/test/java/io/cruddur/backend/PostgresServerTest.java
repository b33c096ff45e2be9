package io.cruddur.backend;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The contract on a PostgreSQL server that somebody else runs, named in the form that hosting services give. */
@LocalBackendTest
@TestPropertySource(properties = "spring.datasource.url=${CRUDDUR_TEST_DATABASE_URL}")
@EnabledIfEnvironmentVariable(
        named = "CRUDDUR_TEST_DATABASE_URL",
        matches = ".+",
        disabledReason = "no server: set CRUDDUR_TEST_DATABASE_URL=postgresql://user:password@host:port/database")
@DirtiesContext // while this application is there, it is the one that ships the log lines of all others
class PostgresServerTest extends HttpContract {

    PostgresServerTest(@LocalServerPort int port) {
        super(port);
    }
}
