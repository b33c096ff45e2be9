package io.cruddur.obs.spring.micrometer;

import io.cruddur.obs.trace.SpanNode;

/**
 * Micrometer's tags as annotations. Its names are parted by full stops, which X-Ray's are not: so it is the custom, not a
 * change that is counted and warned of.
 */
final class Tags {
    private Tags() {}

    static void put(SpanNode node, String key, Object value) {
        node.putAnnotation(key.indexOf('.') < 0 && key.indexOf('-') < 0 ? key : underscored(key), value);
    }

    private static String underscored(String key) {
        return key.replace('.', '_').replace('-', '_');
    }
}
