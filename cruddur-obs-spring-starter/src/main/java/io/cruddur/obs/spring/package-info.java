/** Spring Boot auto-configuration: properties, mode, destinations and the life of Obs. */
@NullMarked
package io.cruddur.obs.spring;

import org.jspecify.annotations.NullMarked;
