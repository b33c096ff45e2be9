/** The error signal. */
@NullMarked
package io.cruddur.obs.error;

import org.jspecify.annotations.NullMarked;
