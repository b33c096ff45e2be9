package io.cruddur.obs.benchmarks.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said about one benchmark class.
 *
 * @param benchmark the class
 * @param title the table's heading
 * @param text what was done
 * @param unit of the score
 * @param size what grows from row to row; null where peers are the rows
 * @param eachOfSize whether the figures are shared out over the size
 */
record Section(
        String benchmark,
        String title,
        String text,
        String unit,
        @Nullable String size,
        boolean eachOfSize) {

    static final Section P1 = compared(
            "P1TracedRequest",
            "P1: a traced request, on its thread",
            "A root with three nested spans, six annotations and three metadata values, recorded and handed over.");

    static final Section P2 = compared(
            "P2UnsampledRequest",
            "P2: the same request, not sampled",
            "The sampler says no; real ids are current, for headers and logs. Nobody exports.");

    static final List<Section> ALL = List.of(
            P1,
            P2,
            compared(
                    "PmIdsShown",
                    "P1m, P2m: the same, with the ids shown",
                    "Ours with the ids of each span in Logback's MDC, and one `X-Amzn-Trace-Id` header rendered."),
            compared(
                    "P3Serialise",
                    "P3: a finished request, written",
                    "The tree of P1 written as an X-Ray segment document."),
            compared(
                    "P3Send",
                    "P3: a finished request, written and sent",
                    "The same, and one datagram to a loopback socket that nobody reads. The last row is the system call alone."),
            new Section(
                    "P3Acknowledged",
                    "P3: finished requests, written, sent and acknowledged",
                    "Trees a second: ours 50 a call over HTTP, each call answered by a service on the loopback, which takes its share of the machine; the SDK's as datagrams that nobody reads. Finished trees by one thread, which waits for each answer; and from the request of one thread on, where ours has two threads behind it and the SDK sends on that thread. Here × is trees against ours.",
                    "trees/s",
                    null,
                    false),
            compared(
                    "P4LogCall",
                    "P4: a log call, on its thread",
                    "A message of two arguments through Logback to a queue with room. The base line renders the message and drops it: what the others cost is what they have above it."),
            new Section(
                    "P5Shipping",
                    "P5: log events, from the logger to the service",
                    "One thread logs and waits when it is ahead; a service on the loopback takes PutLogEvents and keeps every limit. Here × is events against ours: more is better.",
                    "events/s",
                    null,
                    false),
            new Section(
                    "P6ErrorReport",
                    "P6: an error, on its thread",
                    "An exception of some 60 frames reported, with 500 live threads; a service on the loopback takes it. rollbar-java and Sentry's SDK as they ship.",
                    "µs",
                    null,
                    false),
            new Section(
                    "P6ErrorStorm",
                    "P6: the same error again and again",
                    "What each costs the thread that fails: microseconds are as many percent of one processor at 10,000 a second. Ours sends 60 a minute and one that counts the others; the peers send each, or drop what their queues do not hold.",
                    "µs",
                    null,
                    false),
            new Section(
                    "P10Spans",
                    "P10: more spans in a tree",
                    "A root and its children, one after the other; each figure is for one span of them.",
                    "ns a span",
                    "spans",
                    true),
            new Section(
                    "P10Annotations",
                    "P10: more annotations on a span",
                    "One span with that many annotations.",
                    "ns",
                    "annotations",
                    false),
            new Section(
                    "P10Threads",
                    "P10: more threads",
                    "The request of P1 on each thread; requests a second of all threads together.",
                    "requests/s",
                    "threads",
                    false),
            compared(
                    "XraySdkCalls",
                    "The X-Ray SDK's calls, bridged",
                    "The SDK's own API, answered by the SDK and by our bridge: the request of P1 and P2, and a segment with nine subsegments in a row. Nobody exports but where UDP is said."),
            compared(
                    "TracedCalls",
                    "@Traced",
                    "A call that becomes a span under a request: written as a lambda, by `obs.traced`, on a Spring bean, on one with an expression; and Spring's own share, with advice that does nothing."),
            compared(
                    "JdbcCalls",
                    "SQL",
                    "A prepared statement of an embedded database, executed under a request: not traced, traced by ours, by datasource-proxy with a listener that does nothing, and by the X-Ray SDK's data source over our bridge."),
            compared("TraceHeaders", "Headers", "Each header looked up and read, and what all of them cost to write."),
            compared("SmallParts", "Small parts", "What happens once a request besides the recording."),
            compared(
                    "RedactedLines",
                    "Redaction",
                    "Secrets looked for in a line that holds none, on the thread that sends."));

    private static Section compared(String benchmark, String title, String text) {
        return new Section(benchmark, title, text, "ns", null, false);
    }
}
