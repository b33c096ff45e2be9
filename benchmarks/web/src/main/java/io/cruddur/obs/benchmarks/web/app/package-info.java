/** The application that is measured. */
@NullMarked
package io.cruddur.obs.benchmarks.web.app;

import org.jspecify.annotations.NullMarked;
