/** Errors: Rollbar items and the groups they form. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.error;

import org.jspecify.annotations.NullMarked;
