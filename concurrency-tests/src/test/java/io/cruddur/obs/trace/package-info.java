/** Where the engine's threads meet, two at a time, on every memory model that the machine has. */
@NullMarked
package io.cruddur.obs.trace;

import org.jspecify.annotations.NullMarked;
