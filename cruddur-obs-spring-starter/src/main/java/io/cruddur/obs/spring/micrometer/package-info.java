/** Micrometer Tracing's API over our engine, so that what Spring observes becomes spans of ours. */
@NullMarked
package io.cruddur.obs.spring.micrometer;

import org.jspecify.annotations.NullMarked;
