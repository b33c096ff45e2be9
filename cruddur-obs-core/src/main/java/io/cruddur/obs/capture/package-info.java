/** Values and exceptions of the application, copied on its own thread, bounded, so that nothing lazy is touched later. */
@NullMarked
package io.cruddur.obs.capture;

import org.jspecify.annotations.NullMarked;
