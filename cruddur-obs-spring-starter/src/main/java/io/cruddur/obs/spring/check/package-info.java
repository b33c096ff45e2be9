/** Finds properties of ours that do not exist. */
@NullMarked
package io.cruddur.obs.spring.check;

import org.jspecify.annotations.NullMarked;
