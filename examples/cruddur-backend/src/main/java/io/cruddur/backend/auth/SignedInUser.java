package io.cruddur.backend.auth;

import io.cruddur.backend.user.User;
import io.cruddur.backend.user.Users;
import io.cruddur.backend.web.NotSignedInException;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives a controller's method the {@link User} who calls it. */
@Component
class SignedInUser implements HandlerMethodArgumentResolver, WebMvcConfigurer {
    private static final Logger LOGGER = LoggerFactory.getLogger(SignedInUser.class);

    private final Users users;

    SignedInUser(Users users) {
        this.users = users;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == User.class;
    }

    @Override
    public User resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory factory) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            throw new NotSignedInException();
        }
        return users.withCognitoId(principal.getName()).orElseThrow(() -> {
            LOGGER.warn("A valid token is of nobody in the table users: none has its sub as cognito_user_id");
            return new NotSignedInException();
        });
    }
}
