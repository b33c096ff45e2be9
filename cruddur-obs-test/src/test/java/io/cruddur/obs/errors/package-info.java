@NullMarked
package io.cruddur.obs.errors;

import org.jspecify.annotations.NullMarked;
