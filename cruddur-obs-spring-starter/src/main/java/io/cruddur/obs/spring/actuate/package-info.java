/** Health, metrics and the endpoint, where Boot's modules for them are. */
@NullMarked
package io.cruddur.obs.spring.actuate;

import org.jspecify.annotations.NullMarked;
