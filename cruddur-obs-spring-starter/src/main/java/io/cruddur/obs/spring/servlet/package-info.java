/** The filter of servlet applications. */
@NullMarked
package io.cruddur.obs.spring.servlet;

import org.jspecify.annotations.NullMarked;
