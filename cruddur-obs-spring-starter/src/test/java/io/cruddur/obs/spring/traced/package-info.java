@NullMarked
package io.cruddur.obs.spring.traced;

import org.jspecify.annotations.NullMarked;
