package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.SpanNode;

/**
 * Micrometer's tags as annotations. Its names are parted by full stops, and have numbers in brackets, as X-Ray's are and have
 * not: so it is the custom, not a change that is counted and warned of.
 */
final class Tags {
    private Tags() {}

    static void put(SpanNode node, String key, Object value) {
        boolean parted = key.indexOf('.') >= 0 || key.indexOf('-') >= 0 || key.indexOf('[') >= 0;
        node.putAnnotation(parted ? underscored(key) : key, value);
    }

    private static String underscored(String key) {
        return key.replace('.', '_').replace('-', '_').replace('[', '_').replace("]", "");
    }
}
