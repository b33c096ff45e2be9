package io.cruddur.obs.test;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.ObsBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;

/**
 * Gives each test an {@link Obs} of its own whose traces are kept in memory, as the documents that X-Ray would get:
 *
 * <pre>{@code
 * @RegisterExtension
 * final ObsExtension telemetry = ObsExtension.create();
 *
 * @Test
 * void aSearchIsTraced() {
 *     new SearchService(telemetry.obs()).search("coffee");
 *     assertThat(telemetry.trace()).hasName("search").hasAnnotation("term", "coffee").hasChildren("query");
 * }
 * }</pre>
 *
 * <p>After each test it fails if a span was left current on the test's thread, if a local root has not ended, if a span's
 * parent was never sent, if a document breaks X-Ray's schema, or if anything was lost. Needs JUnit Jupiter and AssertJ. A test's own threads may
 * trace; the extension itself is used by the test's thread.
 */
public final class ObsExtension implements BeforeEachCallback, AfterEachCallback {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final UnaryOperator<ObsBuilder> settings;
    private final boolean strict;
    private final Queue<byte[]> documents = new ConcurrentLinkedQueue<>();
    private @Nullable Obs obs;

    private ObsExtension(UnaryOperator<ObsBuilder> settings, boolean strict) {
        this.settings = settings;
        this.strict = strict;
    }

    /** Records every trace, as the service {@code test}. */
    public static ObsExtension create() {
        return with(builder -> builder);
    }

    /** The same with other settings: a sampler, or a destination for errors. */
    public static ObsExtension with(UnaryOperator<ObsBuilder> settings) {
        return new ObsExtension(settings, true);
    }

    /** The same for a test that leaves spans open on purpose: only the schema is checked after it. */
    public ObsExtension leavingSpansOpen() {
        return new ObsExtension(settings, false);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        documents.clear();
        obs = settings.apply(Obs.builder()
                        .service("test")
                        .installLogAppender(false)
                        .closeOnShutdown(false)
                        .segmentDocuments(documents::add))
                .build();
    }

    /** What the code under test is given. */
    public Obs obs() {
        Obs present = obs;
        if (present == null) {
            throw new IllegalStateException(
                    "There is one only within a test: is the field annotated @RegisterExtension?");
        }
        return present;
    }

    /** All that has ended so far. */
    public CapturedTraces traces() {
        obs().flush(SOON);
        return CapturedTraces.of(documents());
    }

    /**
     * The one local root that has ended so far.
     *
     * @throws AssertionError naming them, if there is none or more
     */
    public CapturedSpan trace() {
        CapturedTraces all = traces();
        if (all.roots().size() != 1) {
            throw new AssertionError(
                    "Expected one trace, but there are " + all.roots().size() + ": " + all);
        }
        return all.roots().get(0);
    }

    /** The documents sent so far, in their order. */
    public List<JsonNode> documents() {
        return documents.stream().map(Documents::parse).toList();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Obs closing = obs();
        var faults = new ArrayList<String>();
        if (strict && closing.currentTraceContext().isValid()) {
            faults.add("a span was left current on the test's thread: " + closing.currentTraceContext()
                    + " (close it, or use try-with-resources)");
        }
        List<String> open = closing.openRoots();
        if (strict && !open.isEmpty()) {
            faults.add("not ended, themselves or a span under them: " + open);
        }
        closing.close();
        obs = null;
        faults.addAll(faultsIn(documents(), strict));
        for (DeliveryReport.Sink sink : closing.report().sinks()) {
            if (strict && sink.lostTotal() > 0) {
                faults.add("lost by " + sink.name() + ": " + sink.lost());
            }
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("Telemetry is not in order:\n- " + String.join("\n- ", faults));
        }
    }

    /** What is wrong with documents that were sent. */
    static List<String> faultsIn(List<JsonNode> documents, boolean strict) {
        var faults = new ArrayList<String>();
        List<CapturedSpan> orphans = CapturedTraces.of(documents).orphans();
        if (strict && !orphans.isEmpty()) {
            faults.add("without a parent that was sent: " + orphans);
        }
        for (JsonNode document : documents) {
            List<String> errors = SegmentSchema.errors(document);
            if (!errors.isEmpty()) {
                faults.add("a document breaks the schema: " + errors + " in " + document);
            }
        }
        return faults;
    }
}
