/** The Rollbar back end. */
@NullMarked
package io.cruddur.obs.rollbar;

import org.jspecify.annotations.NullMarked;
