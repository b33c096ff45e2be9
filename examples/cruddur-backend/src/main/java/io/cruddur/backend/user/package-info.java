/** The people. */
@NullMarked
package io.cruddur.backend.user;

import org.jspecify.annotations.NullMarked;
