/** What recording costs the thread that records, beside its peers: one class a question, the peers in one run. */
@NullMarked
package io.cruddur.obs.benchmarks;

import org.jspecify.annotations.NullMarked;
