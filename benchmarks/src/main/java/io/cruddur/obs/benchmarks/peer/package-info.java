/** Ours and its peers, each set up in one place and doing the same work. */
@NullMarked
package io.cruddur.obs.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
