/** Measures an application from outside: how much it answers, how late, and when it is ready. */
@NullMarked
package io.cruddur.obs.benchmarks.web;

import org.jspecify.annotations.NullMarked;
