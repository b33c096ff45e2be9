package io.cruddur.obs.xray;

import java.io.IOException;

/** Takes finished documents. */
@FunctionalInterface
interface DocumentConsumer {
    /** A document; the buffer is the writer's own and changes after the call. */
    void accept(byte[] buffer, int offset, int length) throws IOException;
}
