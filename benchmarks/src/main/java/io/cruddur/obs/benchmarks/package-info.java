/** What recording costs the thread that records, beside its peers. */
@NullMarked
package io.cruddur.obs.benchmarks;

import org.jspecify.annotations.NullMarked;
