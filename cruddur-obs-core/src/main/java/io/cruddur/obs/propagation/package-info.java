/** Trace headers: which are read, which are written, and how. */
@NullMarked
package io.cruddur.obs.propagation;

import org.jspecify.annotations.NullMarked;
