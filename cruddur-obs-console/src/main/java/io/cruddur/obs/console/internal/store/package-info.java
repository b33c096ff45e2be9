/** What is kept in memory, within bounds, and what changed since when. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.store;

import org.jspecify.annotations.NullMarked;
