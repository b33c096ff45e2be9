@NullMarked
package io.cruddur.obs.spring.error;

import org.jspecify.annotations.NullMarked;
