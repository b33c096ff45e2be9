package io.cruddur.obs.delivery.spool;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.RateLimitedLog;
import io.cruddur.obs.delivery.RecordStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on disk, in segment files of this process's own directory, up to a limit. They outlive the process, however it
 * ends; they may not outlive the machine's, for they are left to its operating system to write. Nothing is made before
 * the first record. What the disk refuses is left to the caller, and counted.
 */
public final class Spool implements RecordStore<EncodedRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Losses NOBODY = (reason, records) -> {};

    private record Own(SpoolFiles files, SegmentAppender appender) {}

    private final SpoolSettings settings;
    private final Budget budget;
    private final RateLimitedLog log = new RateLimitedLog(LOG);
    private final AtomicLong refusals = new AtomicLong();
    private volatile @Nullable Own own;
    private Losses losses = NOBODY;
    private Losses adoptedLosses = NOBODY;
    private boolean closed;
    /** After a failure it is left alone for a moment. */
    private @Nullable Long notBeforeNanos;

    /** A spool that does nothing before the first record. */
    public Spool(SpoolSettings settings) {
        this.settings = settings;
        this.budget = new Budget(settings.maxBytes());
    }

    @Override
    public void start(Losses own, Losses adopted) {
        losses = own;
        adoptedLosses = adopted;
    }

    @Override
    public int append(List<EncodedRecord> envelopes) {
        return append(envelopes, false);
    }

    @Override
    public int appendTaken(List<EncodedRecord> envelopes) {
        return append(envelopes, true);
    }

    private int append(List<EncodedRecord> envelopes, boolean held) {
        if (envelopes.isEmpty() || !isReady()) {
            return 0;
        }
        var kept = new int[1];
        try {
            Own open = open();
            try {
                open.appender().append(envelopes, behind -> {
                    open.files().appended(behind, envelopes.get(kept[0]).endsRecord(), held);
                    kept[0]++;
                });
            } finally {
                // Also if the disk refused in the middle: what was written before that is held.
                if (held && kept[0] > 0) {
                    open.files().skipHeld();
                }
            }
            if (kept[0] < envelopes.size()) {
                refused("The spool is full: its " + settings.maxBytes() + " bytes are used.");
            }
        } catch (IOException e) {
            refused(Troubles.inWords(settings.directory(), e));
        } catch (RuntimeException | Error e) {
            // What is written is written: the caller has to hear of it, or would keep it twice.
            refused("The spool failed: " + e.getClass().getName() + ".");
        }
        return kept[0];
    }

    @Override
    public boolean isReady() {
        return !closed && !isPaused();
    }

    @Override
    public void tryAgain() {
        notBeforeNanos = null;
    }

    private boolean isPaused() {
        return notBeforeNanos != null && System.nanoTime() - notBeforeNanos < 0;
    }

    private void refused(String why) {
        refusals.incrementAndGet();
        notBeforeNanos = System.nanoTime() + PAUSE_NANOS;
        log.warn(why + " Records wait in memory; what does not fit is lost and counted.");
    }

    private Own open() throws IOException {
        Own present = own;
        if (present == null) {
            ProcessDirectory directory = ProcessDirectory.create(settings);
            SpoolFiles files;
            try {
                files = SpoolFiles.open(directory, budget, settings.maxAge(), losses);
            } catch (IOException e) {
                release(directory);
                throw e;
            }
            own = present = new Own(files, new SegmentAppender(files.segments(), budget));
        }
        return present;
    }

    @Override
    public boolean hasUnread() {
        Own present = own;
        return present != null && present.files().hasUnread();
    }

    @Override
    public @Nullable EncodedRecord peek() {
        Own present = own;
        if (present == null) {
            return null;
        }
        EncodedRecord next = present.files().peek();
        if (next == null && present.files().isEmpty()) {
            removeAll(present);
        }
        return next;
    }

    @Override
    public void take() {
        Own present = own;
        if (present != null) {
            present.files().take();
        }
    }

    @Override
    public void acknowledge(int envelopes) {
        Own present = own;
        if (present != null) {
            present.files().acknowledge(envelopes);
            if (present.files().isEmpty()) {
                removeAll(present);
            }
        }
    }

    /** In good times nothing is left on the disk but an empty directory. */
    private void removeAll(Own present) {
        try {
            present.appender().endSegment();
            present.files().removeAll();
        } catch (IOException e) {
            log.warn("Files of the spool that are settled cannot be removed: " + e);
        }
    }

    @Override
    public long records() {
        Own present = own;
        return present == null ? 0 : present.files().records();
    }

    @Override
    public long bytes() {
        return budget.used();
    }

    @Override
    public long refusals() {
        return refusals.get();
    }

    @Override
    public List<RecordStore<EncodedRecord>> adopt() {
        var adopted = new ArrayList<RecordStore<EncodedRecord>>();
        try {
            for (ProcessDirectory directory : ProcessDirectory.orphans(settings)) {
                adopt(directory, adopted);
            }
        } catch (IOException e) {
            // Asked for from the start on, so that a place that cannot be used is known before it is needed.
            log.warn(Troubles.inWords(settings.directory(), e) + " Nothing is kept on disk until that is mended.");
        }
        return adopted;
    }

    /** One that cannot be opened is not in the others' way, and tried again later. */
    private void adopt(ProcessDirectory directory, List<RecordStore<EncodedRecord>> adopted) {
        try {
            adopted.add(new Orphan(SpoolFiles.open(directory, budget, settings.maxAge(), adoptedLosses)));
        } catch (IOException e) {
            log.warn("What another process left in " + directory.path() + " cannot be taken over: " + e);
            release(directory);
        }
    }

    private static void release(ProcessDirectory directory) {
        try {
            directory.release();
        } catch (IOException e) {
            LOG.debug("A directory of the spool is left as it is", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        Own present = own;
        if (present == null) {
            return;
        }
        try {
            present.appender().close();
            if (present.files().isEmpty()) {
                present.files().removeAll();
            }
            present.files().close();
        } catch (IOException e) {
            log.warn("The spool cannot be closed: " + e);
        }
    }
}
