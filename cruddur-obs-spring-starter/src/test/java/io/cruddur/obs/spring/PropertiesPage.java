package io.cruddur.obs.spring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The page of all properties, as the metadata says. */
final class PropertiesPage {
    private static final Pattern ENUM = Pattern.compile("io\\.cruddur\\.obs\\..*");

    private PropertiesPage() {}

    static String of(JsonNode metadata) {
        var sections = new LinkedHashMap<String, List<JsonNode>>();
        List<JsonNode> properties = new ArrayList<>();
        metadata.path("properties")
                .valueStream()
                .filter(property -> name(property).startsWith("cruddur.obs."))
                .forEach(properties::add);
        properties.sort(Comparator.comparing(PropertiesPage::name));
        sections.put("cruddur.obs", new ArrayList<>());
        for (JsonNode property : properties) {
            String name = name(property);
            int depth = name.substring("cruddur.obs.".length()).indexOf('.');
            String section = depth < 0 ? "cruddur.obs" : name.substring(0, "cruddur.obs.".length() + depth);
            sections.computeIfAbsent(section, unused -> new ArrayList<>()).add(property);
        }
        var page = new StringBuilder("""
                # Properties

                Written from the configuration metadata that editors read; a test fails when it is stale, and
                `mvn -pl cruddur-obs-spring-starter -am -Dtest=PropertiesPageTest -Dcruddur.docs.write=true
                -Dsurefire.failIfNoSpecifiedTests=false test` writes it anew. Each property may also be a variable of the
                environment: `CRUDDUR_OBS_TRACE_SAMPLER` for `cruddur.obs.trace.sampler`. A misspelt one is answered with the
                nearest valid name.
                """);
        Map<String, String> about = about(metadata);
        sections.forEach((section, all) -> {
            page.append("\n## ").append(section).append("\n\n");
            String text = about.get(section);
            if (text != null) {
                page.append(text).append("\n\n");
            }
            page.append("| property | type | default | |\n|---|---|---|---|\n");
            all.forEach(property -> row(page, property, metadata));
        });
        return page.toString();
    }

    private static Map<String, String> about(JsonNode metadata) {
        var about = new LinkedHashMap<String, String>();
        for (JsonNode property : metadata.path("groups")) {
            String text = property.path("description").asString("");
            if (!text.isEmpty()) {
                about.put(name(property), text);
            }
        }
        return about;
    }

    private static void row(StringBuilder page, JsonNode property, JsonNode metadata) {
        JsonNode value = property.path("defaultValue");
        page.append("| `")
                .append(name(property))
                .append("` | ")
                .append(type(property.path("type").asString("")))
                .append(" | ")
                .append(value.isMissingNode() || value.isNull() ? "" : '`' + text(value) + '`')
                .append(" | ")
                .append(escaped(property.path("description").asString("")))
                .append(values(name(property), metadata))
                .append(" |\n");
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asString();
        }
        var items = new ArrayList<String>();
        value.forEach(item -> items.add(item.asString()));
        return String.join(",", items);
    }

    /** What the hints say of single values. */
    private static String values(String name, JsonNode metadata) {
        var values = new StringBuilder();
        for (JsonNode hint : metadata.path("hints")) {
            if (name(hint).equals(name)) {
                hint.path("values")
                        .forEach(value -> values.append("<br>`")
                                .append(value.path("value").asString())
                                .append("`: ")
                                .append(escaped(value.path("description").asString(""))));
            }
        }
        return values.toString();
    }

    private static String type(String type) {
        if (type.startsWith("java.util.List")) {
            return "list";
        }
        if (type.startsWith("java.util.Map")) {
            return "map";
        }
        if (ENUM.matcher(type).matches()) {
            return constants(type);
        }
        return switch (type) {
            case "java.time.Duration" -> "time";
            case "org.springframework.util.unit.DataSize" -> "size";
            case "java.lang.Boolean" -> "true, false";
            case "java.lang.Integer", "java.lang.Double", "java.lang.Long" -> "number";
            default -> "text";
        };
    }

    private static String constants(String type) {
        try {
            Object[] constants = Class.forName(type).getEnumConstants();
            var names = new ArrayList<String>();
            for (Object constant : constants) {
                names.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            return String.join(", ", names);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(JsonNode node) {
        return node.path("name").asString("");
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
