@NullMarked
package io.cruddur.obs.spring.actuate;

import org.jspecify.annotations.NullMarked;
