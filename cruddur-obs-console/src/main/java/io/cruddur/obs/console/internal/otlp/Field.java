package io.cruddur.obs.console.internal.otlp;

import org.jspecify.annotations.Nullable;

/**
 * One field of a message.
 *
 * @param message what it holds, if it holds messages
 */
record Field(String name, Type type, @Nullable Message message) {

    enum Type {
        TEXT,
        /** Bytes, written as hex. */
        ID,
        NUMBER,
        DECIMAL,
        FLAG,
        MESSAGE,
        LIST
    }

    static Field text(String name) {
        return new Field(name, Type.TEXT, null);
    }

    static Field id(String name) {
        return new Field(name, Type.ID, null);
    }

    static Field number(String name) {
        return new Field(name, Type.NUMBER, null);
    }

    static Field decimal(String name) {
        return new Field(name, Type.DECIMAL, null);
    }

    static Field flag(String name) {
        return new Field(name, Type.FLAG, null);
    }

    static Field message(String name, Message message) {
        return new Field(name, Type.MESSAGE, message);
    }

    static Field list(String name, Message message) {
        return new Field(name, Type.LIST, message);
    }
}
