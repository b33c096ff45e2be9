@NullMarked
package io.cruddur.obs.examples.plain;

import org.jspecify.annotations.NullMarked;
