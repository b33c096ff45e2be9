package io.cruddur.obs.test.http;

/**
 * What an adapter for an HTTP server has to do, over real sockets. A test of an adapter extends it and says in {@link #start}
 * how the application below is started behind the adapter; what a server cannot do it names in {@link #missing}, and the
 * cases that need it are skipped with that reason. One server is used by all cases.
 *
 * <p>The adapter is set up with all of {@link ServerSettings}, and the application answers these paths. Where it says <i>the
 * gate</i>, a thread calls {@link Gate#await()}; where it says <i>later</i>, the answer comes from another thread than the
 * request's. Answers are text, 200 unless it is said otherwise.
 *
 * <table>
 * <caption>The application</caption>
 * <tr><th>path</th><th>what it does</th></tr>
 * <tr><td>{@code /ok}</td><td>any method; {@code ok}, with its length</td></tr>
 * <tr><td>{@code /status/{n}}</td><td>sets that status; no body</td></tr>
 * <tr><td>{@code /send-error/{n}}</td><td>refuses with that status in the server's own way ({@code sendError}, an exception of
 * the framework's); with {@link Feature#ERROR_PAGE} a handler of the application's answers {@code the page of an error}</td></tr>
 * <tr><td>{@code /echo}</td><td>POST; the body</td></tr>
 * <tr><td>{@code /child}</td><td>{@code obs.trace("child")} around nothing</td></tr>
 * <tr><td>{@code /annotate}</td><td>the current span has {@code said} = {@code by the handler}</td></tr>
 * <tr><td>{@code /inject}</td><td>the header {@code X-Amzn-Trace-Id} that {@code obs.inject} writes</td></tr>
 * <tr><td>{@code /baggage}</td><td>{@code obs.baggage()} as {@code key=value}, joined by commas</td></tr>
 * <tr><td>{@code /leak}</td><td>begins a local root of its own and leaves it open</td></tr>
 * <tr><td>{@code /excluded/current}</td><td>the current X-Ray trace id; {@code none} where there is none</td></tr>
 * <tr><td>{@code /boom}</td><td>throws {@code IllegalStateException("boom")}</td></tr>
 * <tr><td>{@code /wrapped}</td><td>throws it in the framework's own wrapper</td></tr>
 * <tr><td>{@code /boom-late}</td><td>writes, flushes, throws</td></tr>
 * <tr><td>{@code /parameter}</td><td>the parameter {@code q}; lets escape what reading it throws</td></tr>
 * <tr><td>{@code /handled}</td><td>throws; the application's own handler makes it a 409</td></tr>
 * <tr><td>{@code /forward}, {@code /include}</td><td>forwards to {@code /ok}; includes it between brackets: {@code [ok]}</td></tr>
 * <tr><td>{@code /items/{id}}</td><td>matched by that template</td></tr>
 * <tr><td>{@code /async/complete}</td><td>the gate, later a 202</td></tr>
 * <tr><td>{@code /async/immediate}</td><td>asynchronous, and complete before the handler returns</td></tr>
 * <tr><td>{@code /async/dispatch}</td><td>the gate, later goes through the server again, which answers the current X-Ray trace
 * id</td></tr>
 * <tr><td>{@code /async/dispatch-at-once}</td><td>asynchronous, and dispatched to {@code /status/202} before the handler
 * returns</td></tr>
 * <tr><td>{@code /async/again}</td><td>the gate, later is dispatched, starts anew, the gate, later a 202</td></tr>
 * <tr><td>{@code /async/timeout}</td><td>never, with a limit of a millisecond</td></tr>
 * <tr><td>{@code /async/boom}</td><td>the gate, later throws {@code IllegalStateException("late boom")}</td></tr>
 * <tr><td>{@code /async/started-boom}</td><td>begins to wait, for a millisecond, and throws on the request's thread</td></tr>
 * <tr><td>{@code /async/child}</td><td>the gate, later {@code obs.trace("child")} in a task of {@code obs.wrap}</td></tr>
 * <tr><td>{@code /stream}</td><td>writes {@code one\n}, flushes, the gate, writes {@code two\n}; no length</td></tr>
 * <tr><td>{@code /endless}</td><td>writes until it cannot, and lets that escape</td></tr>
 * <tr><td>{@code /upload}</td><td>POST; the gate, then reads the body, and lets escape what that throws</td></tr>
 * </table>
 *
 * <p>The adapter sets the annotations {@code http_route} and {@code client_disconnected}.
 */
public abstract class HttpServerContract extends StreamCases {
    /** A contract for a server that {@link #start} starts. */
    protected HttpServerContract() {}
}
