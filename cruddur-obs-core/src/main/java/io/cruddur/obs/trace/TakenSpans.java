package io.cruddur.obs.trace;

import org.jspecify.annotations.Nullable;

/**
 * The spans of a tree that the sink's worker has taken from its stack, linked from parent to child. Used by the worker
 * alone but for {@link #count}. Nothing here recurses: a tree may be deeper than a thread's stack.
 */
final class TakenSpans {
    private final @Nullable SpanNode root;
    /** Spans whose parents had been handed over before they came, linked as siblings. */
    private @Nullable SpanNode late;

    /** Subtrees found to be complete, linked as siblings. */
    private @Nullable SpanNode finished;

    private int linked;
    private int remaining;
    private volatile int removed;

    TakenSpans(@Nullable SpanNode root) {
        this.root = root;
    }

    /** How many were handed over before the tree. */
    int count() {
        return removed;
    }

    /** Links the nodes of a stack, newest first, each as the first child of its parent: so the oldest ends up in front. */
    void link(@Nullable SpanNode newest) {
        SpanNode node = newest;
        while (node != null && !node.isMark()) {
            SpanNode older = node.next;
            SpanNode parent = node.parent;
            node.stage = SpanNode.LINKED;
            linked++;
            if (parent == null) {
                node.next = null;
            } else if (parent.stage == SpanNode.GONE) {
                node.next = late;
                late = node;
            } else {
                node.next = parent.firstChild;
                parent.firstChild = node;
            }
            node = older;
        }
    }

    /**
     * Takes out the subtrees in which everything has ended, but not a root's whole tree: that goes when it is sealed.
     *
     * @return linked as siblings; null if there are none
     */
    @Nullable SpanNode removeFinished() {
        remaining = 0;
        finished = null;
        if (root != null) {
            int all = settle(root);
            if (root.stage == SpanNode.GONE) {
                remaining += all;
            }
        }
        SpanNode kept = null;
        SpanNode next;
        for (SpanNode top = late; top != null; top = next) {
            next = top.next;
            settle(top);
            if (top.stage == SpanNode.GONE) {
                top.next = finished;
                finished = top;
            } else {
                top.next = kept;
                kept = top;
            }
        }
        late = kept;
        removed = linked - remaining;
        SpanNode result = finished;
        finished = null;
        return result;
    }

    /** Goes through a subtree, children first. What is complete is {@code GONE} then. Returns how many spans it has. */
    private int settle(SpanNode top) {
        int count = 0;
        SpanNode node = deepest(top);
        while (true) {
            count++;
            if (node.hasEnded() && node.stage != SpanNode.UNFINISHED_BELOW) {
                node.stage = SpanNode.GONE;
            } else {
                removeFinishedChildren(node);
                remaining++;
                node.stage = SpanNode.LINKED;
                if (node.parent != null && node != top) {
                    node.parent.stage = SpanNode.UNFINISHED_BELOW;
                }
            }
            if (node == top) {
                return count;
            }
            SpanNode sibling = node.next;
            node = sibling != null ? deepest(sibling) : parentOf(node);
        }
    }

    private void removeFinishedChildren(SpanNode parent) {
        SpanNode last = null;
        SpanNode next;
        SpanNode child = parent.firstChild;
        parent.firstChild = null;
        for (; child != null; child = next) {
            next = child.next;
            if (child.stage == SpanNode.GONE) {
                child.next = finished;
                finished = child;
            } else {
                child.next = null;
                if (last == null) {
                    parent.firstChild = child;
                } else {
                    last.next = child;
                }
                last = child;
            }
        }
    }

    /** What is left, once the tree is sealed: the root, and spans that came late as its siblings. */
    SpanNode rest() {
        SpanNode top = root;
        if (top == null) {
            throw new IllegalStateException("not handed over");
        }
        top.next = late;
        return top;
    }

    /** Marks what is still open as sent, so that each sends word of itself when it ends after all. */
    void leaveOpen() {
        for (SpanNode top = rest(); top != null; top = top.next) {
            SpanNode node = deepest(top);
            while (true) {
                node.leaveOpen();
                if (node == top) {
                    break;
                }
                SpanNode sibling = node.next;
                node = sibling != null ? deepest(sibling) : parentOf(node);
            }
        }
    }

    private static SpanNode deepest(SpanNode from) {
        SpanNode node = from;
        SpanNode child = node.firstChild;
        while (child != null) {
            node = child;
            child = node.firstChild;
        }
        return node;
    }

    @SuppressWarnings("NullAway") // a child has a parent
    private static SpanNode parentOf(SpanNode child) {
        return child.parent;
    }
}
