package io.cruddur.obs;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What a future says of its failure. */
final class FutureFailures {
    private static final int MAX_WRAPPERS = 16;

    private FutureFailures() {}

    /** What the work threw, without what futures wrap around it; null for no failure, or if it was cancelled. */
    static @Nullable Throwable causeOf(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_WRAPPERS && cause != null && isWrapper(cause); i++) {
            cause = cause.getCause();
        }
        return cause instanceof CancellationException ? null : cause;
    }

    private static boolean isWrapper(Throwable failure) {
        return (failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null;
    }
}
