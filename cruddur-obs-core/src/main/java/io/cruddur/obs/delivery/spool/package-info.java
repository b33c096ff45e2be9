/** Records on disk: what a service does not take now waits here, over the end of the process. */
@NullMarked
package io.cruddur.obs.delivery.spool;

import org.jspecify.annotations.NullMarked;
