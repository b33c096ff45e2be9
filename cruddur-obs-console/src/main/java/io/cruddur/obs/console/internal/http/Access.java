package io.cruddur.obs.console.internal.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The token that reading takes, and the ways to show it. */
public final class Access {

    /** Safe in a URL, a cookie and an AWS credential scope alike. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{8,128}");

    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/,\\s]+)/");

    private final String token;
    private final byte[] tokenBytes;
    private final String cookie;

    public Access(String token, int port) {
        this.token = token;
        this.tokenBytes = token.getBytes(StandardCharsets.UTF_8);
        // Cookies know no ports: two consoles on localhost would overwrite each other's.
        this.cookie = "cruddur-obs-console-" + port;
    }

    /** A new token of 128 random bits. */
    public static String randomToken() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** @throws IllegalArgumentException if it cannot serve as a token */
    public static String checkedToken(String token) {
        if (TOKEN.matcher(token).matches()) return token;
        throw new IllegalArgumentException(
                "The console's token must be 8 to 128 letters, digits or . _ ~ - (leave it out for a random one)");
    }

    public String token() {
        return token;
    }

    /** Compared in constant time. */
    public boolean isToken(@Nullable String candidate) {
        return candidate != null && MessageDigest.isEqual(tokenBytes, candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** AWS clients have no place for a bearer: there the token is the access key id of the signature. */
    public boolean isAccessKeyOf(@Nullable String authorization) {
        if (authorization == null) return false;
        var key = ACCESS_KEY.matcher(authorization);
        return key.find() && isToken(key.group(1));
    }

    /**
     * The header that exchanges the token for a cookie; for the browser's session, out of reach of scripts. Lax, since a
     * Strict one is not sent on the way from a link on another site, a terminal in the browser say, to the page. What
     * other sites may ask for is the gate's to say, whatever the cookie.
     */
    public String setCookie() {
        return cookie + "=" + token + "; Path=/; HttpOnly; SameSite=Lax";
    }

    boolean allows(Request request) {
        String authorization = request.getHeaders().get("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return isToken(authorization.substring(7).strip());
        }
        for (HttpCookie sent : Request.getCookies(request)) {
            if (sent.getName().equals(cookie) && isToken(sent.getValue())) return true;
        }
        return false;
    }
}
