package io.cruddur.obs.spring.check;

import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** The properties that exist, as the record that they are bound to says. Immutable. */
final class KnownProperties {
    private final Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
    private final Set<ConfigurationPropertyName> lists = new LinkedHashSet<>();
    /** Their keys are for the user to choose. */
    private final Set<ConfigurationPropertyName> maps = new LinkedHashSet<>();
    /** An empty section of a YAML file is a property of the section's name. */
    private final Set<ConfigurationPropertyName> sections = new LinkedHashSet<>();

    private final String prefix;

    KnownProperties(ConfigurationPropertyName prefix, Class<? extends Record> root) {
        this.prefix = prefix.toString();
        collect(prefix, root);
    }

    private void collect(ConfigurationPropertyName section, Class<?> type) {
        sections.add(section);
        for (RecordComponent component : type.getRecordComponents()) {
            ConfigurationPropertyName name = section.append(DataObjectPropertyName.toDashedForm(component.getName()));
            if (component.getType().isRecord()) {
                collect(name, component.getType());
            } else {
                names.add(name);
                if (List.class.isAssignableFrom(component.getType())) {
                    lists.add(name);
                } else if (Map.class.isAssignableFrom(component.getType())) {
                    maps.add(name);
                }
            }
        }
    }

    boolean contains(ConfigurationPropertyName name) {
        boolean element = name.isLastElementIndexed() && lists.contains(name.getParent());
        return element
                || names.contains(name)
                || sections.contains(name)
                || maps.stream().anyMatch(map -> map.isAncestorOf(name));
    }

    /** The same for a variable of the environment, whose underscores stand for dots, dashes and brackets alike. */
    boolean containsVariable(String variable) {
        String letters = letters(variable);
        return names.stream().anyMatch(name -> letters(name.toString()).equals(letters))
                || lists.stream().anyMatch(list -> letters.matches(letters(list.toString()) + "\\d+"))
                || maps.stream().anyMatch(map -> letters.startsWith(letters(map.toString())));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The one that is most like it, the prefix aside, which all have in common. */
    String nearest(String name) {
        String wrong = withoutPrefix(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        return names.stream()
                .map(ConfigurationPropertyName::toString)
                .max(Comparator.comparingDouble(known -> Similarity.of(wrong, withoutPrefix(known))))
                .orElseThrow();
    }

    private String withoutPrefix(String name) {
        return name.substring(prefix.length() + 1);
    }
}
