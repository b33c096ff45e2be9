package io.cruddur.backend.rollbar;

import io.cruddur.obs.ErrorLevel;
import io.cruddur.obs.Obs;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RollbarTestController {
    private final Obs obs;

    RollbarTestController(Obs obs) {
        this.obs = obs;
    }

    @GetMapping(path = "/rollbar/test", produces = MediaType.TEXT_PLAIN_VALUE)
    String test() {
        obs.error("Hello World!").level(ErrorLevel.WARNING).report();
        return "Hello World!";
    }
}
