/** What must not leave the process is taken out here. */
@NullMarked
package io.cruddur.obs.redact;

import org.jspecify.annotations.NullMarked;
