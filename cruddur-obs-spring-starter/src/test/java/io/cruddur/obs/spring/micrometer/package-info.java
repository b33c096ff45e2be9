@NullMarked
package io.cruddur.obs.spring.micrometer;

import org.jspecify.annotations.NullMarked;
