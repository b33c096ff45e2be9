/** The Cruddur backend. */
@NullMarked
package io.cruddur.backend;

import org.jspecify.annotations.NullMarked;
