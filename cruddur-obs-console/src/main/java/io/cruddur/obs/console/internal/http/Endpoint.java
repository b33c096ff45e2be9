package io.cruddur.obs.console.internal.http;

/** Answers one kind of request. May throw {@link Problem}. */
@FunctionalInterface
public interface Endpoint {
    Answer answer(Call call);
}
