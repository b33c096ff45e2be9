package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.Traced;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.scheduling.support.ScheduledTaskObservationContext;

/**
 * Takes observations that are to be no spans, and makes none of them: those of the names that the application says, and
 * runs of a schedule that begin a trace of their own by {@link Traced}. Meters see them all the same. Thread-safe.
 */
final class IgnoredObservations implements TracingObservationHandler<Observation.Context> {
    private final Tracer tracer;
    private final String[] names;

    /** Names stand for those below them as well: {@code spring.security} for {@code spring.security.filterchains}. */
    IgnoredObservations(Tracer tracer, List<String> names) {
        this.tracer = tracer;
        this.names = names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toArray(String[]::new);
    }

    @Override
    public Tracer getTracer() {
        return tracer;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return isNamed(context.getName())
                || (context instanceof ScheduledTaskObservationContext run && isTracedAnew(run));
    }

    private boolean isNamed(@Nullable String observation) {
        if (observation != null) {
            for (String name : names) {
                if (observation.startsWith(name)
                        && (observation.length() == name.length() || observation.charAt(name.length()) == '.')) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isTracedAnew(ScheduledTaskObservationContext run) {
        AnnotationAttributes traced =
                AnnotatedElementUtils.getMergedAnnotationAttributes(run.getMethod(), Traced.class.getName());
        return traced != null && traced.getBoolean("newTrace");
    }

    /** With a context that has no span: the handler of meters that Boot puts beside a tracer's wants one, and throws without. */
    @Override
    public void onStart(Observation.Context context) {
        getTracingContext(context);
    }

    @Override
    public void onScopeOpened(Observation.Context context) {}

    @Override
    public void onScopeClosed(Observation.Context context) {}

    @Override
    public void onScopeReset(Observation.Context context) {}

    @Override
    public void onEvent(Observation.Event event, Observation.Context context) {}

    @Override
    public void onError(Observation.Context context) {}

    @Override
    public void onStop(Observation.Context context) {}
}
