package io.cruddur.obs.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Gives a tree that was written back the order in which it was begun, so that it can be written again. */
@NullMarked
public final class Rewind {
    private final SpanNode[] begun;

    /** For a tree that has been written once. */
    public Rewind(SpanNode root) {
        List<SpanNode> nodes = new ArrayList<>();
        collect(root, nodes);
        nodes.sort(Comparator.comparingInt(node -> node.index));
        begun = nodes.toArray(SpanNode[]::new);
    }

    private static void collect(SpanNode node, List<SpanNode> into) {
        into.add(node);
        for (SpanNode child = node.firstChild; child != null; child = child.next) {
            collect(child, into);
        }
    }

    /** Undoes the linking of children. */
    public void run() {
        SpanNode older = null;
        for (SpanNode node : begun) {
            node.next = older;
            node.firstChild = null;
            older = node;
        }
    }
}
