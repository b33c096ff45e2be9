/** Tests of the OTLP back end that need the test kit. */
@NullMarked
package io.cruddur.obs.otlp;

import org.jspecify.annotations.NullMarked;
