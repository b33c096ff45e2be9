/** For looking at things on a developer's machine. */
@NullMarked
package io.cruddur.backend.dev;

import org.jspecify.annotations.NullMarked;
