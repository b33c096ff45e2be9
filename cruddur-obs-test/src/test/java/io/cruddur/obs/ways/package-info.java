/** Ways out of traces beside and instead of each other. */
@NullMarked
package io.cruddur.obs.ways;

import org.jspecify.annotations.NullMarked;
