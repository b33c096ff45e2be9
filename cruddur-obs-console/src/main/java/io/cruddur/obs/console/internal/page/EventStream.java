package io.cruddur.obs.console.internal.page;

import io.cruddur.obs.console.internal.http.Access;
import io.cruddur.obs.console.internal.http.Answer;
import io.cruddur.obs.console.internal.http.Call;
import io.cruddur.obs.console.internal.http.Problem;
import io.cruddur.obs.console.internal.http.Routes;
import io.cruddur.obs.console.internal.store.Change;
import io.cruddur.obs.console.internal.store.Changes;
import io.cruddur.obs.console.internal.store.Revisions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/stream}: server-sent events {@code trace}, {@code log}, {@code problem} (an error group) and
 * {@code delivery}, each with the row that is new or different; {@code cleared} when all was deleted, or when the
 * reader's last id is of an earlier console: then lists are to be read anew.
 *
 * <p>A stream looks ten times a second for what has changed since it looked last. So what is written at a high rate
 * costs its writers nothing here, and is shown once, in its newest state.
 */
public final class EventStream implements AutoCloseable {

    private static final int MAX_STREAMS = 16;

    /** More changes of a kind than that between two looks, and only the newest are told. */
    private static final int MAX_CHANGES = 200;

    private static final long LOOK_MILLIS = 100;

    /**
     * A comment after so much silence. A reader that has gone is noticed at the second write after it went, and its place
     * is needed soon: each page that is loaded anew opens a stream, and its old one has gone.
     */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Revisions revisions;
    private final List<Changes> sources;
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final String run = Access.randomToken().substring(0, 8);
    private final Object clearing = new Object();
    private long cleared;

    public EventStream(Revisions revisions, List<Changes> sources) {
        this.revisions = revisions;
        this.sources = sources;
    }

    public void addTo(Routes routes) {
        routes.guarded("GET", "/api/stream", this::stream);
    }

    /** All data have gone: tell the readers. */
    public void cleared() {
        // Whoever sees the number must see this as well: there is no second look at what came before it.
        synchronized (clearing) {
            cleared = revisions.next();
        }
    }

    private Answer stream(Call call) {
        String lastEventId = call.header("Last-Event-ID");
        if (!takePlace()) {
            throw new Problem(503, "Too many live streams are open.", "Close some of the console's pages.");
        }
        return Answer.stream("text/event-stream", new Answer.Body() {
            @Override
            public void writeTo(OutputStream out) throws IOException, InterruptedException {
                new Reader(out).follow(lastEventId);
            }

            @Override
            public void done() {
                open.decrementAndGet();
            }
        });
    }

    /** Looked at and taken in one step, so that not even requests at one moment get more places than there are. */
    private boolean takePlace() {
        int taken = open.get();
        while (taken < MAX_STREAMS) {
            if (open.compareAndSet(taken, taken + 1)) return true;
            taken = open.get();
        }
        return false;
    }

    @Override
    public void close() {
        closing.countDown();
    }

    /** One open stream, and how far it has come. */
    private final class Reader {

        private final OutputStream out;
        private long seen = revisions.current();
        private long lastWrite = System.nanoTime();

        Reader(OutputStream out) {
            this.out = out;
        }

        void follow(@Nullable String lastEventId) throws IOException, InterruptedException {
            StringBuilder text = new StringBuilder("retry: 1000\n\n");
            resume(lastEventId, text);
            do {
                collect(text);
                write(text);
            } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        }

        private void resume(@Nullable String lastEventId, StringBuilder text) {
            if (lastEventId == null) return;
            long last = number(lastEventId);
            if (last >= 0) seen = last;
            else event(text, "cleared", seen, "{}");
        }

        private long number(String id) {
            try {
                long number = id.startsWith(run + "-") ? Long.parseLong(id.substring(run.length() + 1)) : -1;
                return number <= revisions.current() ? number : -1;
            } catch (NumberFormatException malformed) {
                return -1;
            }
        }

        private void collect(StringBuilder text) {
            long upTo;
            long clearedAt;
            synchronized (clearing) {
                upTo = revisions.current();
                clearedAt = cleared;
            }
            if (upTo == seen) return;
            if (clearedAt > seen) event(text, "cleared", clearedAt, "{}");
            List<Change> changes = new ArrayList<>();
            for (Changes source : sources) changes.addAll(source.changes(seen, upTo, MAX_CHANGES));
            changes.sort(Comparator.comparingLong(Change::revision));
            for (Change change : changes) {
                event(text, change.kind(), change.revision(), change.row().toString());
            }
            seen = upTo;
        }

        private void event(StringBuilder text, String kind, long revision, String data) {
            text.append("id: ").append(run).append('-').append(revision);
            text.append("\nevent: ")
                    .append(kind)
                    .append("\ndata: ")
                    .append(data)
                    .append("\n\n");
        }

        private void write(StringBuilder text) throws IOException {
            if (text.isEmpty() && System.nanoTime() - lastWrite > SILENCE_NANOS) text.append(":\n\n");
            if (text.isEmpty()) return;
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
            lastWrite = System.nanoTime();
        }
    }
}
