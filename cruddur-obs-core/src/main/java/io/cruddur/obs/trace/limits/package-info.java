/** How much a span may say of itself, whatever the form in which it is sent. */
@NullMarked
package io.cruddur.obs.trace.limits;

import org.jspecify.annotations.NullMarked;
