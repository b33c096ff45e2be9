package io.cruddur.obs.delivery.spool;

import io.cruddur.obs.delivery.EncodedRecord;
import io.cruddur.obs.delivery.RecordStore;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a dead process left. Only read. */
final class Orphan implements RecordStore<EncodedRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

    private final SpoolFiles files;

    Orphan(SpoolFiles files) {
        this.files = files;
    }

    @Override
    public void start(Losses own, Losses adopted) {}

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public void tryAgain() {}

    @Override
    public int append(List<EncodedRecord> envelopes) {
        return 0;
    }

    @Override
    public int appendTaken(List<EncodedRecord> envelopes) {
        return 0;
    }

    @Override
    public boolean hasUnread() {
        return files.hasUnread();
    }

    @Override
    public @Nullable EncodedRecord peek() {
        return files.peek();
    }

    @Override
    public void take() {
        files.take();
    }

    @Override
    public void acknowledge(int envelopes) {
        files.acknowledge(envelopes);
    }

    @Override
    public long records() {
        return files.records();
    }

    /** None: the store that adopted it counts them. */
    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public long refusals() {
        return 0;
    }

    @Override
    public List<RecordStore<EncodedRecord>> adopt() {
        return List.of();
    }

    @Override
    public void close() {
        try {
            if (files.isEmpty()) {
                files.removeAll();
            }
            files.close();
        } catch (IOException e) {
            LOG.warn("A spool that was taken over cannot be closed: {}", e.toString());
        }
    }
}
