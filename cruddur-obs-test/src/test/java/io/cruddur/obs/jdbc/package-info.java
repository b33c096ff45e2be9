/** Spans of SQL over a real database. */
@NullMarked
package io.cruddur.obs.jdbc;

import org.jspecify.annotations.NullMarked;
