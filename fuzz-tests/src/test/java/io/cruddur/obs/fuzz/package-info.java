@NullMarked
package io.cruddur.obs.fuzz;

import org.jspecify.annotations.NullMarked;
