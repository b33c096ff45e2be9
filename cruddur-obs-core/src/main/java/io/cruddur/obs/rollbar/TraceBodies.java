package io.cruddur.obs.rollbar;

import com.rollbar.api.payload.data.body.BodyContent;
import com.rollbar.api.payload.data.body.ExceptionInfo;
import com.rollbar.api.payload.data.body.Frame;
import com.rollbar.api.payload.data.body.Trace;
import com.rollbar.api.payload.data.body.TraceChain;
import io.cruddur.obs.capture.CapturedException;
import io.cruddur.obs.redact.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exception in Rollbar's words. Immutable. */
final class TraceBodies {
    /** Where Maven and Gradle have it. */
    static final String DEFAULT_ROOT = "src/main/java";

    private static final int MAX_SUPPRESSED_FRAMES = 16;

    private final Redactor redactor;
    private final String root;
    private final List<String> appPackages;

    TraceBodies(ItemSettings settings, Redactor redactor) {
        this.redactor = redactor;
        this.root = settings.root() == null ? DEFAULT_ROOT : settings.root();
        this.appPackages = settings.appPackages();
    }

    /** Under what the application's own files are, by which Rollbar tells its frames from others; null where that is unknown. */
    @Nullable String root() {
        return appPackages.isEmpty() ? null : root;
    }

    /**
     * The exception and its causes.
     *
     * @param description what was said beside its message
     */
    BodyContent of(CapturedException exception, @Nullable String description) {
        List<CapturedException> chain = exception.chain();
        var traces = new ArrayList<Trace>();
        for (CapturedException each : chain) {
            traces.add(trace(each, traces.isEmpty() ? description : null));
        }
        return traces.size() == 1
                ? traces.get(0)
                : new TraceChain.Builder().traces(traces).build();
    }

    private Trace trace(CapturedException exception, @Nullable String description) {
        var frames = new ArrayList<Frame>();
        // Rollbar wants the innermost frame last.
        for (int i = exception.frames().size() - 1; i >= 0; i--) {
            frames.add(frame(exception.frames().get(i)));
        }
        var info = new ExceptionInfo.Builder()
                .className(exception.type())
                .message(exception.message() == null ? null : redactor.redact(exception.message()))
                .description(description)
                .build();
        return new Trace.Builder().frames(frames).exception(info).build();
    }

    private Frame frame(StackTraceElement frame) {
        return new Frame.Builder()
                .filename(file(frame))
                .lineNumber(frame.getLineNumber() < 0 ? null : frame.getLineNumber())
                .className(frame.getClassName())
                .method(frame.getMethodName())
                .build();
    }

    /** A file of the application is under the root, any other is a bare name: so Rollbar folds what is not the project's. */
    private String file(StackTraceElement frame) {
        String name = frame.getFileName() == null ? "unknown" : frame.getFileName();
        String type = frame.getClassName();
        if (!isApp(type)) {
            return name;
        }
        int dot = type.lastIndexOf('.');
        String directory = dot < 0 ? "" : type.substring(0, dot + 1).replace('.', '/');
        return root + '/' + directory + name;
    }

    private boolean isApp(String type) {
        for (String name : appPackages) {
            if (type.startsWith(name) && (type.length() == name.length() || type.charAt(name.length()) == '.')) {
                return true;
            }
        }
        return false;
    }

    /** What was suppressed for it or for its causes, for which Rollbar has no word; null for nothing. */
    @Nullable List<Object> suppressed(CapturedException exception) {
        List<CapturedException> all = exception.all();
        List<CapturedException> others = all.subList(exception.chain().size(), all.size());
        if (others.isEmpty()) {
            return null;
        }
        var suppressed = new ArrayList<Object>();
        for (CapturedException other : others) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("class", other.type());
            if (other.message() != null) {
                told.put("message", redactor.redact(other.message()));
            }
            told.put(
                    "frames",
                    other.frames().stream()
                            .limit(MAX_SUPPRESSED_FRAMES)
                            .map(StackTraceElement::toString)
                            .toList());
            suppressed.add(told);
        }
        return suppressed;
    }
}
