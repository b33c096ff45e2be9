package io.cruddur.obs.spring;

import org.jspecify.annotations.Nullable;

/** A property, or the variable in its place, has a value that cannot be used. */
public final class InvalidObsPropertyException extends RuntimeException {
    private final String action;

    /**
     * Says what is wrong and what to do.
     *
     * @param name the property's or the variable's name
     * @param reason what is wrong, in a sentence; holds no secret
     * @param action what to do, in a sentence that shows the valid form
     */
    public InvalidObsPropertyException(String name, String reason, String action, @Nullable Throwable cause) {
        super(name + " cannot be used. " + reason, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
