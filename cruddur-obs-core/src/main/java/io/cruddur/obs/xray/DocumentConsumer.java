package io.cruddur.obs.xray;

import java.io.IOException;

/** Takes finished documents. */
@FunctionalInterface
interface DocumentConsumer {
    /** The document whose topmost span has the id; the buffer is the writer's own and changes after the call. */
    void accept(long id, byte[] buffer, int offset, int length) throws IOException;
}
