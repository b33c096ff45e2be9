package io.cruddur.backend.dev;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Fails, so that an error can be looked at from the request to its stack. */
@RestController
@ConditionalOnBooleanProperty("cruddur.dev")
class BoomController {

    @GetMapping("/dev/boom")
    String boom() {
        throw new IllegalStateException("Boom!");
    }
}
