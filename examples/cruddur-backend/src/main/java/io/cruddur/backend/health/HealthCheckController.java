package io.cruddur.backend.health;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HealthCheckController {
    record Health(boolean success, int ver) {}

    @GetMapping("/api/health-check")
    Health healthCheck() {
        return new Health(true, 1);
    }
}
