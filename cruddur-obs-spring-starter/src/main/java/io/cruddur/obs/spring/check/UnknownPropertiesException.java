package io.cruddur.obs.spring.check;

import java.util.List;
import java.util.stream.Collectors;

/** Ends a start in local mode or in a test: a misspelt property would be ignored, and nobody would know. */
final class UnknownPropertiesException extends RuntimeException {
    private final transient List<UnknownProperty> properties;

    UnknownPropertiesException(List<UnknownProperty> properties) {
        super(properties.stream()
                .map(property -> property.problem() + " " + property.remedy())
                .collect(Collectors.joining(" ")));
        this.properties = properties;
    }

    List<UnknownProperty> properties() {
        return properties;
    }
}
