package io.cruddur.backend.auth;

import io.cruddur.backend.user.Users;
import io.cruddur.backend.web.Input;
import io.cruddur.backend.web.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Signs a user in who is there, without asking for a password. */
@RestController
@ConditionalOnLocalIssuer
class TokenController {
    record Wanted(@Nullable String handle) {}

    record Token(String accessToken) {}

    private final Users users;
    private final LocalIssuer issuer;

    TokenController(Users users, LocalIssuer issuer) {
        this.users = users;
        this.issuer = issuer;
    }

    @PostMapping("/dev/token")
    Token token(@RequestBody Wanted wanted) {
        String handle = wanted.handle();
        Input.check()
                .that(handle != null && !handle.isBlank(), "blank_user_handle")
                .orThrow();
        return new Token(issuer.token(users.cognitoId(Input.present(handle)).orElseThrow(NotFoundException::new)));
    }
}
