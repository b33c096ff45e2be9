/** JSON straight into a byte buffer. */
@NullMarked
package io.cruddur.obs.json;

import org.jspecify.annotations.NullMarked;
