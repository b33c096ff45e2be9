/** Where the database is. */
@NullMarked
package io.cruddur.backend.database;

import org.jspecify.annotations.NullMarked;
