package io.cruddur.obs.console.internal.trace;

import io.cruddur.obs.console.internal.json.Micros;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents of one trace id, whatever their order of arrival. Guarded by its store. */
final class Trace {

    /** Far more than a readable trace has; so that one runaway trace cannot push out all others. */
    static final int MAX_DOCUMENTS = 10_000;

    static final long MAX_BYTES = 8L << 20;

    /** The entry into the system: a segment of no parent, or with one that is not here; else whatever came first. */
    private static final Comparator<SegmentDocument> ROOT_FIRST = Comparator.comparing(SegmentDocument::subsegment)
            .thenComparing(document -> document.parentId() != null)
            .thenComparingLong(SegmentDocument::start);

    private final String id;
    private final Map<String, SegmentDocument> documents = new LinkedHashMap<>();
    private long weight;
    private boolean cut;
    private @Nullable TraceRow row;

    Trace(String id) {
        this.id = id;
    }

    /** A document replaces the one of its id, unless that has ended and this one has not: then it is late news. */
    boolean add(SegmentDocument document) {
        SegmentDocument before = documents.get(document.id());
        if (before != null && !before.inProgress() && document.inProgress()) return true;
        long change = document.weight() - (before == null ? 0 : before.weight());
        boolean full = before == null && documents.size() >= MAX_DOCUMENTS;
        if (full || weight + change > MAX_BYTES) {
            cut = true;
            return false;
        }
        documents.put(document.id(), document);
        weight += change;
        row = null;
        return true;
    }

    long weight() {
        return weight;
    }

    /** Whether a document was refused because there is no more room. */
    boolean isCut() {
        return cut;
    }

    List<SegmentDocument> documents() {
        return List.copyOf(documents.values());
    }

    TraceRow row() {
        TraceRow known = row;
        if (known == null) {
            known = TraceRow.of(id, root(), lastEnd(), spanCount());
            row = known;
        }
        return known;
    }

    Stream<String> services() {
        return documents.values().stream().map(SegmentDocument::service).filter(Objects::nonNull);
    }

    boolean hasService(String service) {
        return documents.values().stream().anyMatch(document -> service.equals(document.service()));
    }

    /** Whether something of that name is called, outside its services. */
    boolean calls(String peer) {
        return documents.values().stream()
                .flatMap(document -> document.calls().stream())
                .anyMatch(call -> call.name().equals(peer));
    }

    boolean hasAnnotation(Predicate<Annotation> wanted) {
        return documents.values().stream()
                .flatMap(document -> document.annotations().stream())
                .anyMatch(wanted);
    }

    SegmentDocument root() {
        return documents.values().stream().min(ROOT_FIRST).orElseThrow();
    }

    String id() {
        return id;
    }

    /** From the first start to the last end, of all services; NaN as long as nothing has ended. */
    double seconds() {
        long end = lastEnd();
        long start = documents.values().stream()
                .mapToLong(SegmentDocument::start)
                .min()
                .orElse(0);
        return end == Micros.NONE ? Double.NaN : (end - start) / 1e6;
    }

    private long lastEnd() {
        return documents.values().stream().mapToLong(SegmentDocument::end).max().orElse(Micros.NONE);
    }

    private int spanCount() {
        Collection<SegmentDocument> all = documents.values();
        if (all.size() == 1) return all.iterator().next().spanIds().length;
        Set<String> ids = new HashSet<>();
        for (SegmentDocument document : all) ids.addAll(List.of(document.spanIds()));
        return ids.size();
    }
}
