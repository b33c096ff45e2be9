/** Sampling by X-Ray's rules: those of a file, and those of the account, read through the daemon. */
@NullMarked
package io.cruddur.obs.sampling;

import org.jspecify.annotations.NullMarked;
