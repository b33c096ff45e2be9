/** Spans of what is asked of the beans that are data sources. */
@NullMarked
package io.cruddur.obs.spring.jdbc;

import org.jspecify.annotations.NullMarked;
