/** Spring's libraries on their real parts, with nothing but the starter to trace them. */
@NullMarked
package io.cruddur.obs.observations;

import org.jspecify.annotations.NullMarked;
