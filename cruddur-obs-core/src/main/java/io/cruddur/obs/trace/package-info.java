/** Recording of spans, the current span and sampling. Knows no back end. */
@NullMarked
package io.cruddur.obs.trace;

import org.jspecify.annotations.NullMarked;
