@NullMarked
package io.cruddur.obs.rollbar;

import org.jspecify.annotations.NullMarked;
