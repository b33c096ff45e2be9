package io.cruddur.obs.test.http;

/** What not every server or framework has; a case that needs what is missing is skipped, with the reason. */
public enum Feature {
    /** A request can be forwarded to another handler of the same application. */
    FORWARD,

    /** The answer of another handler can be included. */
    INCLUDE,

    /** A handler of the application makes the pages of errors. */
    ERROR_PAGE,

    /** A request that waits can wait anew after it was dispatched. */
    ASYNC_RESTART,

    /** A request that was dispatched before its handler returned still counts as one that waits. */
    ASYNC_DISPATCH_AT_ONCE,

    /** A request that has begun to wait can still throw. */
    THROW_AFTER_ASYNC_START,

    /** A request that waits too long is answered by the server. */
    ASYNC_TIMEOUT,

    /** What an application throws can come wrapped in an exception of the framework's. */
    WRAPPED_EXCEPTION,

    /** What follows the first bytes of an answer can throw on the request's own thread. */
    THROW_AFTER_COMMIT,

    /** The template that matched the path is told. */
    ROUTE,

    /** The server decodes the path before the application sees it. */
    DECODED_PATH,

    /** The server takes {@code ..} out of a path before the application sees it. */
    NORMALISED_PATH,

    /** Any method that is a token of HTTP reaches the application. */
    ANY_METHOD,

    /** A request with a parameter that cannot be decoded reaches the application, which gets an exception of the server's. */
    MALFORMED_PARAMETER,

    /** Exceptions are reported by the adapter, and not by another part of the library. */
    ERROR_REPORTS
}
