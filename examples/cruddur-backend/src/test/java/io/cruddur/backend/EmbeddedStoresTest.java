package io.cruddur.backend;

import org.springframework.boot.test.web.server.LocalServerPort;

/** The contract on what the application brings itself. */
@LocalBackendTest
class EmbeddedStoresTest extends HttpContract {

    EmbeddedStoresTest(@LocalServerPort int port) {
        super(port);
    }
}
