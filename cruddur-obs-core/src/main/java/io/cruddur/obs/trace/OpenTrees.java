package io.cruddur.obs.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The trees that are not sealed, found again without a list that every request would enter and leave: a thread puts its
 * newest tree into a slot, and only if the one that lies there is still open does it go into a queue. Thread-safe.
 */
final class OpenTrees {
    private static final int SLOTS = 256;
    /** Threads side by side must not write to the same line of the cache. */
    private static final int STRIDE = 16;

    private final OpenTreeLimits limits;
    private final AtomicReferenceArray<@Nullable Tree> recent = new AtomicReferenceArray<>(SLOTS * STRIDE);
    private final Queue<Tree> displaced = new ConcurrentLinkedQueue<>();
    private final AtomicInteger displacedCount = new AtomicInteger();

    /** A tree that has been open for a second and more. */
    private static final class Old {
        final Tree tree;
        boolean saidInProgress;

        Old(Tree tree) {
            this.tree = tree;
        }
    }

    private final Deque<Old> old = new ArrayDeque<>();

    OpenTrees(OpenTreeLimits limits) {
        this.limits = limits;
    }

    /** Called for each tree as it begins. */
    void opened(Tree tree) {
        @SuppressWarnings("deprecation") // threadId() is of a later Java
        int slot = ((int) Thread.currentThread().getId() & (SLOTS - 1)) * STRIDE;
        Tree before = recent.getAndSet(slot, tree);
        if (before != null && !before.isSealed()) {
            displaced.add(before);
            if (displacedCount.incrementAndGet() > limits.count()) {
                giveUpOldest();
            }
        }
    }

    /** The worker has not come for a while, and they must not pile up. */
    private void giveUpOldest() {
        Tree oldest = displaced.poll();
        if (oldest != null) {
            displacedCount.decrementAndGet();
            oldest.sealUnfinished();
        }
    }

    /** By the worker, about once a second: streams what is complete, and seals what has waited long enough. */
    synchronized void sweep() {
        collect(limits.followed().toNanos());
        for (Iterator<Old> each = old.iterator(); each.hasNext(); ) {
            Old next = each.next();
            if (next.tree.isSealed() || isOver(next)) {
                each.remove();
            }
        }
        while (old.size() > limits.count()) {
            old.removeFirst().tree.sealUnfinished();
        }
    }

    private boolean isOver(Old old) {
        Tree tree = old.tree;
        long age = tree.elapsedNanos();
        if (age < limits.streamed().toNanos()) {
            return false;
        }
        tree.streamFinished();
        if (age > limits.forgotten().toNanos()
                || tree.nanosSinceRootEnded() > limits.orphaned().toNanos()) {
            tree.sealUnfinished();
            return true;
        }
        if (!old.saidInProgress) {
            old.saidInProgress = true;
            tree.sendRootInProgress();
        }
        return false;
    }

    /** Seals all of them as they are. */
    synchronized void sealAll() {
        collect(0);
        for (Old each : old) {
            each.tree.sealUnfinished();
        }
        old.clear();
    }

    /** Those that are open now, oldest first as far as that is known. */
    synchronized List<Tree> open() {
        collect(0);
        var open = new ArrayList<Tree>();
        for (Old each : old) {
            if (!each.tree.isSealed()) {
                open.add(each.tree);
            }
        }
        return open;
    }

    /** Moves those of at least the given age to the old ones, and forgets those that are sealed. */
    private void collect(long minAgeNanos) {
        for (Tree tree = displaced.poll(); tree != null; tree = displaced.poll()) {
            displacedCount.decrementAndGet();
            old.addLast(new Old(tree));
        }
        for (int slot = 0; slot < SLOTS * STRIDE; slot += STRIDE) {
            Tree tree = recent.get(slot);
            if (tree == null) {
                continue;
            }
            boolean sealed = tree.isSealed();
            boolean isOld = !sealed && tree.elapsedNanos() >= minAgeNanos;
            if ((sealed || isOld) && recent.compareAndSet(slot, tree, null) && isOld) {
                old.addLast(new Old(tree));
            }
        }
    }
}
