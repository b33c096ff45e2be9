/** A stand-in for an OpenTelemetry collector. */
@NullMarked
package io.cruddur.obs.test.otlp;

import org.jspecify.annotations.NullMarked;
