/** Spans of what is asked of a database. Delete the folder, and nothing else of the library changes. */
@NullMarked
package io.cruddur.obs.jdbc;

import org.jspecify.annotations.NullMarked;
