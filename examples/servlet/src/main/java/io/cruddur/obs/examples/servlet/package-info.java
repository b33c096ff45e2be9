/** The smallest servlet behind the filter. */
@NullMarked
package io.cruddur.obs.examples.servlet;

import org.jspecify.annotations.NullMarked;
