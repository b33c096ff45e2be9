/** Failures of MVC, of scheduled and of asynchronous methods, reported once. */
@NullMarked
package io.cruddur.obs.spring.error;

import org.jspecify.annotations.NullMarked;
