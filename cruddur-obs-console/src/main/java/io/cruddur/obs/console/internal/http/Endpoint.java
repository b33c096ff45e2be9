package io.cruddur.obs.console.internal.http;

import java.util.function.BiFunction;

/** Answers one kind of request. May throw {@link Problem}. */
@FunctionalInterface
public interface Endpoint {
    Answer answer(Call call);

    /** What goes back when it throws: a problem of its own, or one that stands for a failure which nobody foresaw. */
    default Answer refusal(Call call, Problem problem) {
        return problem.answer();
    }

    /** One that speaks for a service, whose clients know its words and no others. */
    static Endpoint of(Endpoint endpoint, BiFunction<Call, Problem, Answer> refusal) {
        return new Endpoint() {
            @Override
            public Answer answer(Call call) {
                return endpoint.answer(call);
            }

            @Override
            public Answer refusal(Call call, Problem problem) {
                return refusal.apply(call, problem);
            }
        };
    }
}
