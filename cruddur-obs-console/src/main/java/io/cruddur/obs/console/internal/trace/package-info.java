/** Traces: the daemon's datagrams, the X-Ray calls, and the traces made of both. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.trace;

import org.jspecify.annotations.NullMarked;
