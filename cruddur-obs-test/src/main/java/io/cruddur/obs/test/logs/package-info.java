/** A stand-in for CloudWatch Logs that is as strict as the service. */
@NullMarked
package io.cruddur.obs.test.logs;

import org.jspecify.annotations.NullMarked;
