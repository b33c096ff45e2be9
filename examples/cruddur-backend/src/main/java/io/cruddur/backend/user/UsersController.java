package io.cruddur.backend.user;

import io.cruddur.backend.web.Input;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UsersController {
    private static final Logger LOGGER = LoggerFactory.getLogger(UsersController.class);

    /** In each message of theirs there is a copy of it, and DynamoDB has a bound for a row. */
    private static final int LONGEST_NAME = 100;

    private static final int LONGEST_BIO = 1_000;

    record ProfileUpdate(@Nullable String bio, @Nullable String displayName) {}

    private final Users users;

    UsersController(Users users) {
        this.users = users;
    }

    /** An unknown handle has an empty answer, as in the original. */
    @GetMapping("/api/users/@{handle}/short")
    Object inShort(@PathVariable String handle) {
        Optional<User> found = users.withHandle(handle);
        return found.isPresent() ? found.get() : Map.of();
    }

    @PostMapping("/api/profile/update")
    User update(User user, @RequestBody ProfileUpdate update) {
        String displayName = update.displayName();
        Input.check()
                .text(displayName, "display_name_blank", LONGEST_NAME, "display_name_exceed_max_chars")
                .atMost(update.bio(), LONGEST_BIO, "bio_exceed_max_chars")
                .orThrow();
        User updated = users.update(user, Input.present(displayName), update.bio());
        LOGGER.atInfo().addKeyValue("handle", updated.handle()).log("Profile updated");
        return updated;
    }
}
