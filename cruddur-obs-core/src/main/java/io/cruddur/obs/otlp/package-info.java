/** The OTLP back end: traces to any OpenTelemetry collector, or to X-Ray's own OTLP endpoint. */
@NullMarked
package io.cruddur.obs.otlp;

import org.jspecify.annotations.NullMarked;
