package io.cruddur.obs.test.logs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection: call after call until it ends, or a fault ends it. */
final class Connection implements Runnable {
    private static final int DRIP_MILLIS = 100;

    private final Socket socket;
    private final Function<Request, @Nullable Fault> faults;
    private final Operations operations;
    private final CountDownLatch end;

    /**
     * A connection that was accepted.
     *
     * @param end counted down when the receiver is closed: who hangs until then hangs no longer
     */
    Connection(Socket socket, Function<Request, @Nullable Fault> faults, Operations operations, CountDownLatch end) {
        this.socket = socket;
        this.faults = faults;
        this.operations = operations;
        this.end = end;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
            OutputStream out = socket.getOutputStream();
            for (Request request = Request.read(in); request != null; request = Request.read(in)) {
                Fault fault = faults.apply(request);
                if (fault == null) {
                    out.write(operations.answer(request).bytes());
                } else if (!survives(fault, request, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other side is gone, which is its right.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False where the fault ends the connection. */
    private boolean survives(Fault fault, Request request, OutputStream out) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case ANSWER -> {
                out.write(fault.reply().bytes());
                return true;
            }
            case HANG -> end.await();
            case DRIP -> drip(fault.reply().bytes(), out);
            case RESET -> reset();
            case RESET_AFTER_TAKING -> {
                operations.answer(request);
                reset();
            }
            case HALF_OPEN -> {
                byte[] answer = operations.answer(request).bytes();
                out.write(answer, 0, answer.length / 2);
                end.await();
            }
        }
        return false;
    }

    private void drip(byte[] answer, OutputStream out) throws IOException, InterruptedException {
        for (byte b : answer) {
            out.write(b);
            if (end.await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /** Closed with a reset, not with an end: what lies in the buffers is thrown away. */
    private void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
