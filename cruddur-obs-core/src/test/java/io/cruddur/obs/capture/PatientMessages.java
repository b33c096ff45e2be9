package io.cruddur.obs.capture;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has messages waited for as long as a busy machine may need: what they say is tested, and not how soon. */
final class PatientMessages implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        Messages.waitAtMost(10_000);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Messages.waitAtMost(Messages.LONGEST_MILLIS);
    }
}
