package io.cruddur.obs;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the span of a {@link Traced} method is told of arguments and results. Thread-safe. */
final class TracedValues {
    private static final Logger LOG = LoggerFactory.getLogger(Traced.class);

    private final String method;
    private final Value[] before;
    private final Value[] after;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** One value: its key, and where it comes from. */
    private record Value(String key, boolean metadata, TracedExpression from) {}

    private TracedValues(String method, List<Value> before, List<Value> after) {
        this.method = method;
        this.before = before.toArray(Value[]::new);
        this.after = after.toArray(Value[]::new);
    }

    static TracedValues of(Traced traced, Method method, Class<?> type, TracedExpression.Compiler expressions) {
        var before = new ArrayList<Value>();
        var after = new ArrayList<Value>();
        String name = method.getDeclaringClass().getSimpleName() + '.' + method.getName();
        Set<Method> declarations = declarations(method, type);
        Map<String, Integer> places = places(declarations);
        for (String each : traced.annotate()) {
            String expression = each.substring(each.indexOf('=') + 1).strip();
            Value value = value(each, name, method, places, expressions);
            (expression.contains("#result") ? after : before).add(value);
        }
        String[] names = names(method.getParameterCount(), places);
        for (Method declared : declarations) {
            ofParameters(declared, names, before);
            ofResult(declared, after);
        }
        return new TracedValues(name, before, after);
    }

    private static Value value(
            String text,
            String name,
            Method method,
            Map<String, Integer> places,
            TracedExpression.Compiler expressions) {
        int equals = text.indexOf('=');
        String key = equals < 0 ? "" : text.substring(0, equals).strip();
        String expression = text.substring(equals + 1).strip();
        if (key.isEmpty() || expression.isEmpty()) {
            throw new IllegalArgumentException("@Traced(annotate = \"" + text + "\") on " + name
                    + ": write key=expression, such as user=#user.handle");
        }
        try {
            return new Value(
                    key,
                    false,
                    PathExpression.isPath(expression)
                            ? PathExpression.compile(expression, places)
                            : expressions.compile(method, expression));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@Traced(annotate = \"" + text + "\") on " + name + ": " + e.getMessage(), e);
        }
    }

    /** Parameters by the names that they have in any of the declarations, in the order of their places. */
    private static Map<String, Integer> places(Set<Method> declarations) {
        var places = new LinkedHashMap<String, Integer>();
        for (Method declared : declarations) {
            Parameter[] parameters = declared.getParameters();
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i].isNamePresent()) {
                    places.putIfAbsent(parameters[i].getName(), i);
                }
            }
        }
        int count = declarations.iterator().next().getParameterCount();
        for (int i = 0; i < count; i++) {
            places.putIfAbsent("a" + i, i);
            places.putIfAbsent("p" + i, i);
        }
        return places;
    }

    /** The first name of each. */
    private static String[] names(int count, Map<String, Integer> places) {
        var names = new String[count];
        places.forEach((name, at) -> names[at] = names[at] == null ? name : names[at]);
        return names;
    }

    /** The method and all that it overrides or implements: the annotation may stand on any of them. */
    private static Set<Method> declarations(Method method, Class<?> type) {
        var found = new LinkedHashSet<Method>(List.of(method));
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            add(owner, method, found);
        }
        return found;
    }

    private static void add(Class<?> owner, Method method, Set<Method> found) {
        try {
            found.add(owner.getDeclaredMethod(method.getName(), method.getParameterTypes()));
        } catch (NoSuchMethodException e) {
            // One less.
        }
        for (Class<?> each : owner.getInterfaces()) {
            add(each, method, found);
        }
    }

    private static void ofParameters(Method declared, String[] names, List<Value> before) {
        Parameter[] parameters = declared.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            int at = i;
            TracedExpression argument = (arguments, result) -> arguments[at];
            TraceAnnotation annotation = parameters[i].getAnnotation(TraceAnnotation.class);
            if (annotation != null) {
                before.add(new Value(annotation.value().isEmpty() ? names[i] : annotation.value(), false, argument));
            }
            TraceMetadata metadata = parameters[i].getAnnotation(TraceMetadata.class);
            if (metadata != null) {
                before.add(new Value(metadata.value().isEmpty() ? names[i] : metadata.value(), true, argument));
            }
        }
    }

    private static void ofResult(Method declared, List<Value> after) {
        TraceAnnotation annotation = declared.getAnnotation(TraceAnnotation.class);
        if (annotation != null) {
            String key = annotation.value().isEmpty() ? "result" : annotation.value();
            after.add(new Value(key, false, (arguments, result) -> result));
        }
        TraceMetadata metadata = declared.getAnnotation(TraceMetadata.class);
        if (metadata != null) {
            String key = metadata.value().isEmpty() ? "result" : metadata.value();
            after.add(new Value(key, true, (arguments, result) -> result));
        }
    }

    boolean hasBefore() {
        return before.length > 0;
    }

    boolean hasAfter() {
        return after.length > 0;
    }

    void before(Span span, @Nullable Object[] arguments) {
        for (Value value : before) {
            put(span, value, arguments, null);
        }
    }

    void after(Span span, @Nullable Object[] arguments, @Nullable Object result) {
        for (Value value : after) {
            put(span, value, arguments, result);
        }
    }

    /** The application's getters are called: what they throw is not the call's failure. */
    private void put(Span span, Value value, @Nullable Object[] arguments, @Nullable Object result) {
        try {
            Object present = value.from.value(arguments, result);
            if (value.metadata) {
                span.metadata(value.key, present);
            } else {
                annotate(span, value.key, present);
            }
        } catch (Throwable e) {
            // Without its message, which is the application's and may be secret or fail.
            leftOut(value.key, "reading it failed with " + e.getClass().getName());
        }
    }

    private void annotate(Span span, String key, @Nullable Object value) {
        if (value instanceof CharSequence
                || value instanceof Character
                || value instanceof UUID
                || value instanceof URI) {
            span.annotate(key, value.toString());
        } else if (value instanceof Boolean flag) {
            span.annotate(key, flag.booleanValue());
        } else if (value instanceof Double || value instanceof Float) {
            span.annotate(key, ((Number) value).doubleValue());
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            span.annotate(key, ((Number) value).longValue());
        } else if (value instanceof Enum<?> constant) {
            span.annotate(key, constant.name());
        } else if (value instanceof Optional<?> optional) {
            annotate(span, key, optional.orElse(null));
        } else if (value instanceof Number
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount
                || value instanceof Locale) {
            span.annotate(key, value.toString());
        } else if (value != null) {
            leftOut(
                    key,
                    value.getClass().getName() + " is no text, number or boolean; name what of it is wanted, as in "
                            + "@Traced(annotate = \"" + key + "=#a0.id\")");
        }
    }

    private void leftOut(String key, String why) {
        if (said.add(key)) {
            LOG.warn("The annotation '{}' of {} is left out: {}", key, method, why);
        }
    }
}
