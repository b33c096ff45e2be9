/** Processes that are ended by force under load, and what becomes of their records. */
@NullMarked
package io.cruddur.obs.kill;

import org.jspecify.annotations.NullMarked;
