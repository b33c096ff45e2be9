/** Cruds, and the feeds that show them. */
@NullMarked
package io.cruddur.backend.activity;

import org.jspecify.annotations.NullMarked;
