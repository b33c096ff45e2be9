package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Json;
import io.cruddur.obs.console.internal.json.Micros;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who calls whom, from the documents of traces: services by their segments, and what they call that sends no segments of
 * its own by their subsegments.
 */
final class ServiceMap {

    private static final double MICROS_A_MINUTE = 60e6;

    /** A burst shorter than that would give a rate that nobody would call one. */
    private static final double LEAST_MINUTES = 1;

    private record Node(String type, String name) implements Comparable<Node> {

        static final Node CLIENT = new Node("client", "Clients");

        static Node service(String name) {
            return new Node("service", name);
        }

        String id() {
            return type + ":" + name;
        }

        @Override
        public int compareTo(Node other) {
            return id().compareTo(other.id());
        }
    }

    private record Edge(Node from, Node to) implements Comparable<Edge> {
        @Override
        public int compareTo(Edge other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    private final Map<Node, Latency> nodes = new TreeMap<>();
    private final Map<Edge, Latency> edges = new TreeMap<>();
    private long start = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;

    private ServiceMap() {}

    /** @param traces the documents of each */
    static ObjectNode of(Collection<List<SegmentDocument>> traces) {
        ServiceMap map = new ServiceMap();
        for (List<SegmentDocument> documents : traces) map.add(new Lineage(documents));
        return map.json();
    }

    private void add(Lineage lineage) {
        for (SegmentDocument document : lineage.documents) {
            start = Math.min(start, document.start());
            end = Math.max(end, document.inProgress() ? document.start() : document.end());
            if (!document.subsegment()) addSegment(document, lineage);
        }
        for (SegmentDocument document : lineage.documents) addCalls(document, lineage);
    }

    private void addSegment(SegmentDocument segment, Lineage lineage) {
        Node node = Node.service(segment.name());
        long micros = segment.inProgress() ? Micros.NONE : Math.max(0, segment.end() - segment.start());
        boolean error = segment.error() || segment.throttle();
        nodes.computeIfAbsent(node, n -> new Latency()).add(micros, segment.fault(), error);
        String caller = lineage.callerOf(segment);
        Node from = caller == null ? Node.CLIENT : Node.service(caller);
        if (caller == null) nodes.computeIfAbsent(from, n -> new Latency()).add(micros, segment.fault(), error);
        edges.computeIfAbsent(new Edge(from, node), e -> new Latency()).add(micros, segment.fault(), error);
    }

    private void addCalls(SegmentDocument document, Lineage lineage) {
        if (document.calls().isEmpty()) return;
        String service = lineage.serviceOf(document);
        for (PeerCall call : document.calls()) {
            if (lineage.isAnswered(call)) continue;
            Node node = new Node(call.kind().text(), call.name());
            nodes.computeIfAbsent(node, n -> new Latency()).add(call.micros(), call.fault(), call.error());
            if (service == null) continue;
            edges.computeIfAbsent(new Edge(Node.service(service), node), e -> new Latency())
                    .add(call.micros(), call.fault(), call.error());
        }
    }

    private ObjectNode json() {
        double minutes = Math.max(LEAST_MINUTES, nodes.isEmpty() ? 0 : (end - start) / MICROS_A_MINUTE);
        ObjectNode answer = Json.object();
        ArrayNode nodeRows = answer.putArray("nodes");
        nodes.forEach((node, latency) -> latency.writeTo(
                nodeRows.addObject().put("id", node.id()).put("type", node.type).put("name", node.name), minutes));
        ArrayNode edgeRows = answer.putArray("edges");
        edges.forEach((edge, latency) ->
                latency.writeTo(edgeRows.addObject().put("from", edge.from.id()).put("to", edge.to.id()), minutes));
        return answer.put("from", nodes.isEmpty() ? null : Micros.iso(start))
                .put("to", nodes.isEmpty() ? null : Micros.iso(end));
    }

    /** Who belongs to whom in one trace. */
    private static final class Lineage {

        private final List<SegmentDocument> documents;
        private final Map<String, SegmentDocument> bySpan = new HashMap<>();
        private final Set<String> answered = new HashSet<>();

        /** Of documents that do not tell it themselves; looked for once each, a chain of them may be long. */
        private final Map<String, @Nullable String> services = new HashMap<>();

        Lineage(List<SegmentDocument> documents) {
            this.documents = documents;
            for (SegmentDocument document : documents) {
                for (String id : document.spanIds()) bySpan.put(id, document);
            }
            for (SegmentDocument document : documents) {
                if (!document.subsegment() && document.parentId() != null) answered.add(document.parentId());
            }
        }

        /** Whether what was called sent a segment of its own: then that is what the map shows. */
        boolean isAnswered(PeerCall call) {
            return answered.contains(call.id());
        }

        @Nullable String callerOf(SegmentDocument segment) {
            SegmentDocument parent = parentOf(segment);
            return parent == null ? null : serviceOf(parent);
        }

        @Nullable String serviceOf(SegmentDocument document) {
            List<String> below = new ArrayList<>();
            SegmentDocument at = document;
            while (at != null && at.service() == null && !services.containsKey(at.id())) {
                below.add(at.id());
                // Until it is known: so a circle of documents comes to an end.
                services.put(at.id(), null);
                at = parentOf(at);
            }
            String service = at == null ? null : at.service() != null ? at.service() : services.get(at.id());
            for (String id : below) services.put(id, service);
            return service;
        }

        private @Nullable SegmentDocument parentOf(SegmentDocument document) {
            return document.parentId() == null ? null : bySpan.get(document.parentId());
        }
    }
}
