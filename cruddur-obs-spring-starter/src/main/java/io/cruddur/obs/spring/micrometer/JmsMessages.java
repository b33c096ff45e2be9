package io.cruddur.obs.spring.micrometer;

import org.springframework.util.ClassUtils;

/**
 * Which headers a carrier takes. A property of a JMS message has a name as Java's variables have; a provider refuses any
 * other, and Micrometer warns of it. So it carries {@code traceparent} and not {@code X-Amzn-Trace-Id}.
 */
final class JmsMessages {
    private static final String MESSAGE = "jakarta.jms.Message";

    private static final ClassValue<Boolean> ARE_MESSAGES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> each : ClassUtils.getAllInterfacesForClass(type)) {
                if (each.getName().equals(MESSAGE)) {
                    return true;
                }
            }
            return false;
        }
    };

    private JmsMessages() {}

    static boolean isOne(Object carrier) {
        return ARE_MESSAGES.get(carrier.getClass());
    }

    static boolean takeHeader(String name) {
        return name.chars().allMatch(Character::isJavaIdentifierPart);
    }
}
