package io.cruddur.obs.test.logs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for CloudWatch Logs on a real loopback socket, as strict as the service: what breaks a limit is refused with
 * the service's own error. Point the code under test at {@link #endpoint()} with any credentials, and read what it sent.
 * A connection has a thread of its own, so a call that hangs holds up no other. Thread-safe.
 */
public final class LogsReceiver implements AutoCloseable {
    private static final String PUT = "PutLogEvents";
    private static final long LONGEST_END_MILLIS = 5_000;

    private final ServerSocket server;
    private final Groups groups = new Groups();
    private final List<ReceivedEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Operations operations;
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Thread acceptor;
    private final CountDownLatch end = new CountDownLatch(1);

    /** Listens on a free port of the loopback address and keeps the events that it takes: see {@link #events()}. */
    public LogsReceiver() throws IOException {
        this(0, null, true);
    }

    private LogsReceiver(int port, @Nullable Consumer<ReceivedEvent> taker, boolean keep) throws IOException {
        operations = new Operations(groups, keep ? events::add : taker);
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        acceptor = daemon(this::accept, "logs-receiver");
    }

    /** The same on the given port, such as one whose receiver was closed: a service that comes back, empty. */
    public static LogsReceiver onPort(int port) throws IOException {
        return new LogsReceiver(port, null, true);
    }

    /** Only counts events and reads no text: for millions of them. */
    public static LogsReceiver counting() throws IOException {
        return new LogsReceiver(0, null, false);
    }

    /**
     * Hands each event on instead of keeping it.
     *
     * @param taker called on a connection's thread, before the call is answered
     */
    public static LogsReceiver handingTo(Consumer<ReceivedEvent> taker) throws IOException {
        return new LogsReceiver(0, taker, false);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                if (end.getCount() == 0) {
                    // An accept that was under way takes one more connection of a socket that is closed.
                    socket.close();
                    return;
                }
                var connection = new Connection(socket, this::nextFault, operations, end);
                daemon(
                        () -> {
                            connection.run();
                            sockets.remove(socket);
                        },
                        "logs-receiver-" + connections.incrementAndGet());
            } catch (IOException e) {
                // Closed, or a caller that was gone before it was accepted.
            }
        }
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private @Nullable Fault nextFault(Request request) {
        calls.computeIfAbsent(request.operation(), unused -> new LongAdder()).increment();
        Deque<Fault> next = faults.get(request.operation());
        if (next == null) {
            return null;
        }
        synchronized (next) {
            return next.poll();
        }
    }

    /** What {@code AWS_ENDPOINT_URL_CLOUDWATCH_LOGS} would be. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The next calls of PutLogEvents fail like this, after those that were said to fail before. */
    public void failNext(int count, Fault fault) {
        failNext(PUT, count, fault);
    }

    /** The same for another operation, such as {@code CreateLogGroup}. */
    public void failNext(String operation, int count, Fault fault) {
        Deque<Fault> next = faults.computeIfAbsent(operation, unused -> new ArrayDeque<>());
        synchronized (next) {
            next.addAll(Collections.nCopies(count, fault));
        }
    }

    /** No more calls fail, but for those that break a rule. */
    public void failNoMore() {
        faults.clear();
    }

    /** The events that were taken, in the order in which they came; empty where they are counted or handed on. */
    public List<ReceivedEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** The same of one stream. */
    public List<ReceivedEvent> events(String group, String stream) {
        return events().stream()
                .filter(event -> event.group().equals(group) && event.stream().equals(stream))
                .toList();
    }

    /** How many events were taken. */
    public long count() {
        return operations.taken();
    }

    /** How many calls of an operation came, such as {@code PutLogEvents}; those that failed among them. */
    public long calls(String operation) {
        LongAdder count = calls.get(operation);
        return count == null ? 0 : count.sum();
    }

    /**
     * Calls that broke a rule, as {@code operation: code: message}; the first thousand. Neither faults are among them nor
     * what was missing or there already.
     */
    public List<String> refusals() {
        return operations.refusals();
    }

    /** Entities that came with events: their key attributes, and others under their name after a {@code +}. */
    public List<Map<String, String>> entities() {
        return operations.entities();
    }

    /** Entities are rejected with this error type, such as {@code InvalidEntity}, while events are taken; null ends it. */
    public void rejectEntities(@Nullable String errorType) {
        operations.rejectEntities(errorType);
    }

    /** Creates a group as if it had been there before. */
    public void createGroup(String group) {
        groups.create(group, "STANDARD", Map.of());
    }

    /** Creates a stream of a group that is there. */
    public void createStream(String group, String stream) {
        groups.createStream(group, stream);
    }

    /** Deletes a group with its streams; the events that were taken stay. */
    public void deleteGroup(String group) {
        groups.delete(group);
    }

    /** Deletes a stream. */
    public void deleteStream(String group, String stream) {
        groups.deleteStream(group, stream);
    }

    /** The groups that exist. */
    public Set<String> groups() {
        return groups.names();
    }

    /** The streams of a group; none if it does not exist. */
    public Set<String> streams(String group) {
        return groups.streams(group);
    }

    /** The days that a group keeps events; null for ever. */
    public @Nullable Integer retentionDays(String group) {
        Groups.Kept found = groups.kept(group);
        return found == null || found.retentionDays() == 0 ? null : found.retentionDays();
    }

    /** Sets the days that a group keeps events, as if somebody else had. */
    public void retain(String group, int days) {
        groups.retain(group, days);
    }

    /** A group's class; null if it does not exist. */
    public @Nullable String logClass(String group) {
        Groups.Kept found = groups.kept(group);
        return found == null ? null : found.logClass();
    }

    /** A group's tags. */
    public Map<String, String> tags(String group) {
        Groups.Kept found = groups.kept(group);
        return found == null ? Map.of() : found.tags();
    }

    /** Refuses connections from here on and ends those that are open; the port is free again. */
    @Override
    public void close() throws IOException {
        end.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        try {
            acceptor.join(LONGEST_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
