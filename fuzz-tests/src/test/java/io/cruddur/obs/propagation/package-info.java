@NullMarked
package io.cruddur.obs.propagation;

import org.jspecify.annotations.NullMarked;
