/** The log signal. */
@NullMarked
package io.cruddur.obs.log;

import org.jspecify.annotations.NullMarked;
