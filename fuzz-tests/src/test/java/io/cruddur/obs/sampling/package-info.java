@NullMarked
package io.cruddur.obs.sampling;

import org.jspecify.annotations.NullMarked;
