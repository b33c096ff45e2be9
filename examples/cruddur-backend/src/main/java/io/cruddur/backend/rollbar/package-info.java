/** Proves that errors arrive. */
@NullMarked
package io.cruddur.backend.rollbar;

import org.jspecify.annotations.NullMarked;
