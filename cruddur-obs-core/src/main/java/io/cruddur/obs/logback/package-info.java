/** The Logback appender that feeds the log signal. */
@NullMarked
package io.cruddur.obs.logback;

import org.jspecify.annotations.NullMarked;
