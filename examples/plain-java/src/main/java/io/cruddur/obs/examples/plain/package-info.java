/** The smallest program that uses the core. */
@NullMarked
package io.cruddur.obs.examples.plain;

import org.jspecify.annotations.NullMarked;
