/** What is said at the start. */
@NullMarked
package io.cruddur.backend.start;

import org.jspecify.annotations.NullMarked;
