package io.cruddur.obs.rollbar;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where errors go.
 *
 * @param accessToken the project's token with the scope {@code post_server_item}; never shown
 * @param endpoint the address of the item API
 * @param environment the environment's name
 * @param service the service's name, in each item's {@code custom}
 * @param codeVersion the version of the application, if it was said
 * @param attemptTimeout how long one call may take
 * @param items what an item says beside the error
 * @param proxy the way to the endpoint; null for the JDK's own choice
 */
public record RollbarSettings(
        String accessToken,
        URI endpoint,
        String environment,
        String service,
        @Nullable String codeVersion,
        Duration attemptTimeout,
        ItemSettings items,
        @Nullable ProxySelector proxy) {

    /** The service's own address. */
    public static final URI DEFAULT_ENDPOINT = URI.create("https://api.rollbar.com/api/1/item/");

    @Override
    public String toString() {
        return "RollbarSettings[endpoint=" + endpoint + ", environment=" + environment + ", service=" + service + "]";
    }
}
