/** The delivery law as each process reports it. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.delivery;

import org.jspecify.annotations.NullMarked;
