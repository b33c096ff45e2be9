package io.cruddur.obs;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code #user.address.city}: from an argument or the result on by properties. Each is looked up once a class. */
final class PathExpression implements TracedExpression {
    private static final Pattern FORM = Pattern.compile("#(\\w+)((?:\\.\\w+(?:\\(\\))?)*)");
    private static final int RESULT = -1;
    private static final int MAX_CLASSES = 64;

    private final int from;
    private final Part[] parts;

    private PathExpression(int from, Part[] parts) {
        this.from = from;
        this.parts = parts;
    }

    static boolean isPath(String expression) {
        return FORM.matcher(expression).matches();
    }

    /**
     * Reads it.
     *
     * @param places where the parameters stand, by name
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static TracedExpression compile(String expression, Map<String, Integer> places) {
        Matcher form = FORM.matcher(expression);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + expression + "' is no path such as #user.handle or #result.size()");
        }
        String path = form.group(2);
        Part[] parts = path.isEmpty()
                ? new Part[0]
                : Arrays.stream(path.substring(1).split("\\.", -1))
                        .map(Part::new)
                        .toArray(Part[]::new);
        return new PathExpression(from(form.group(1), places), parts);
    }

    private static int from(String name, Map<String, Integer> places) {
        Integer place = places.get(name);
        if (place != null) {
            return place;
        }
        if (name.equals("result")) {
            return RESULT;
        }
        throw new IllegalArgumentException("#" + name + " is no parameter; there are "
                + places.keySet().stream().map(known -> '#' + known).collect(Collectors.joining(", "))
                + " and #result");
    }

    @Override
    public @Nullable Object value(@Nullable Object[] arguments, @Nullable Object result) {
        Object value = from == RESULT ? result : arguments[from];
        for (Part part : parts) {
            if (value == null) {
                return null;
            }
            value = part.of(value);
        }
        return value;
    }

    /** One step of a path. */
    private static final class Part {
        private final String text;
        private final String name;
        private final Map<Class<?>, Optional<MethodHandle>> known = new ConcurrentHashMap<>();

        Part(String text) {
            this.text = text;
            this.name = text.endsWith("()") ? text.substring(0, text.length() - 2) : text;
        }

        @Nullable Object of(Object owner) {
            if (owner instanceof Map<?, ?> map && name.length() == text.length() && map.containsKey(name)) {
                return map.get(name);
            }
            Class<?> type = owner.getClass();
            Optional<MethodHandle> step = known.get(type);
            if (step == null) {
                step = find(type);
                if (known.size() < MAX_CLASSES) {
                    known.put(type, step);
                }
            }
            MethodHandle handle = step.orElseThrow(
                    () -> new IllegalArgumentException(type.getName() + " has no readable '" + text + "'"));
            try {
                return (Object) handle.invokeExact(owner);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        private Optional<MethodHandle> find(Class<?> type) {
            String bean = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            boolean call = name.length() != text.length();
            for (String method : call ? new String[] {name} : new String[] {name, "get" + bean, "is" + bean}) {
                MethodHandle handle = readable(type, method);
                if (handle != null) {
                    return Optional.of(handle);
                }
            }
            return Optional.empty();
        }

        /** By a public declaration where there is one: the class itself may be hidden by its module. */
        private static @Nullable MethodHandle readable(@Nullable Class<?> type, String name) {
            for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
                MethodHandle handle = declared(owner, name);
                for (Class<?> each : owner.getInterfaces()) {
                    handle = handle == null ? readable(each, name) : handle;
                }
                if (handle != null) {
                    return handle;
                }
            }
            return null;
        }

        private static @Nullable MethodHandle declared(Class<?> owner, String name) {
            try {
                Method method = owner.getDeclaredMethod(name);
                if (Modifier.isStatic(method.getModifiers()) || method.getReturnType() == void.class) {
                    return null;
                }
                boolean open = Modifier.isPublic(method.getModifiers()) && Modifier.isPublic(owner.getModifiers());
                if (!open || !isExported(owner)) {
                    if (!method.trySetAccessible()) {
                        return null;
                    }
                }
                return MethodHandles.lookup()
                        .unreflect(method)
                        .asType(MethodType.methodType(Object.class, Object.class));
            } catch (NoSuchMethodException | IllegalAccessException | SecurityException e) {
                return null;
            }
        }

        private static boolean isExported(Class<?> type) {
            return type.getModule().isExported(type.getPackageName(), Part.class.getModule());
        }
    }
}
