/** Advice on beans without harm to them. */
@NullMarked
package io.cruddur.obs.spring.advice;

import org.jspecify.annotations.NullMarked;
