package io.cruddur.obs.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.cruddur.obs.trace.Frame;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Around each test of this module: what one leaves current on its thread would be the parent of what the next one begins. */
public final class NothingLeftCurrent implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        Frame left = Frame.current();
        if (left != null) {
            left.leaveThread();
        }
        assertThat(left).as("left current by %s", context.getDisplayName()).isNull();
    }
}
