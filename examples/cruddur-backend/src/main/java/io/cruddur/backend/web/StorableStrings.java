package io.cruddur.backend.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads texts, and nothing else, where a text is wanted; what cannot be stored is replaced here once for all. */
@JacksonComponent
class StorableStrings extends StdScalarDeserializer<String> {

    StorableStrings() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        return parser.hasToken(JsonToken.VALUE_STRING)
                ? Input.storable(parser.getString())
                : (String) context.handleUnexpectedToken(String.class, parser);
    }
}
