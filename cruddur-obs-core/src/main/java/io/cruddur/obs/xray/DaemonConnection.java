package io.cruddur.obs.xray;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the daemon's TCP port that is kept from call to call, as plain HTTP/1.1. Whatever the daemon does, a
 * call ends by its time limit: neither reading nor writing can be held up for longer. Used by one thread.
 *
 * <p>Our own and not the JDK's client, whose work for each call takes many times as long as to write the 50 documents of
 * it; and which has threads that cannot be ended before Java 21.
 */
final class DaemonConnection implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonConnection.class);

    private final DaemonAddress address;
    private final long timeoutNanos;
    private @Nullable Open open;
    private long deadlineNanos;

    DaemonConnection(DaemonAddress address, Duration timeout) {
        this.address = address;
        this.timeoutNanos = timeout.toNanos();
    }

    /**
     * Sends a request, all of it in the buffer, and reads the answer.
     *
     * @throws SocketTimeoutException if that takes too long
     * @throws IOException if there is no connection, or no answer that can be read
     */
    HttpAnswer call(ByteBuffer request) throws IOException {
        deadlineNanos = System.nanoTime() + timeoutNanos;
        int start = request.position();
        Open kept = open;
        if (kept != null) {
            try {
                return exchange(kept, request);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                if (kept.hasAnswered()) {
                    throw e;
                }
                // The daemon gave it up while it was not used: that says nothing of this call.
                request.position(start);
            }
        }
        open = new Open();
        return exchange(open, request);
    }

    private HttpAnswer exchange(Open with, ByteBuffer request) throws IOException {
        boolean kept = false;
        try {
            with.write(request);
            HttpAnswer answer = with.answers.read();
            kept = !answer.header("connection").equalsIgnoreCase("close");
            return answer;
        } finally {
            if (!kept) {
                close();
            }
        }
    }

    @Override
    public void close() {
        Open present = open;
        open = null;
        if (present != null) {
            present.close();
        }
    }

    /** An open connection. */
    private final class Open extends InputStream {
        private final Selector selector;
        private final SocketChannel channel;
        private final AnswerReader answers = new AnswerReader(new BufferedInputStream(this, 4_096));
        private boolean answered;

        Open() throws IOException {
            selector = Selector.open();
            try {
                channel = SocketChannel.open();
            } catch (IOException e) {
                selector.close();
                throw e;
            }
            try {
                connect();
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        }

        private void connect() throws IOException {
            // Looked up for each: a daemon that was started again may have another address.
            var to = new InetSocketAddress(address.tcpHost(), address.tcpPort());
            if (to.isUnresolved()) {
                throw new UnknownHostException("the daemon's name " + address.tcpHost() + " cannot be resolved");
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, 0);
            if (!channel.connect(to)) {
                do {
                    waitFor(SelectionKey.OP_CONNECT);
                } while (!channel.finishConnect());
            }
        }

        void write(ByteBuffer request) throws IOException {
            answered = false;
            while (channel.write(request) >= 0 && request.hasRemaining()) {
                waitFor(SelectionKey.OP_WRITE);
            }
        }

        /** Whether the answer to the call has begun. */
        boolean hasAnswered() {
            return answered;
        }

        private void waitFor(int operation) throws IOException {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException(
                        "no answer within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SocketTimeoutException("interrupted");
            }
            channel.keyFor(selector).interestOps(operation);
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            selector.selectedKeys().clear();
        }

        @Override
        public int read() throws IOException {
            throw new IOException("read as a whole only");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            ByteBuffer room = ByteBuffer.wrap(into, offset, length);
            while (true) {
                int read = channel.read(room);
                if (read != 0) {
                    answered |= read > 0;
                    return read;
                }
                waitFor(SelectionKey.OP_READ);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
                selector.close();
            } catch (IOException e) {
                LOG.debug("A connection to the daemon could not be closed", e);
            }
        }
    }
}
