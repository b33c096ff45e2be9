/** Recording of spans, the current span, sampling and propagation. Knows no back end. */
@NullMarked
package io.cruddur.obs.trace;

import org.jspecify.annotations.NullMarked;
