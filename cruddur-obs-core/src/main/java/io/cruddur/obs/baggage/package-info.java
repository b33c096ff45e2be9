/** The application's own values that travel with a trace, and their header. */
@NullMarked
package io.cruddur.obs.baggage;

import org.jspecify.annotations.NullMarked;
