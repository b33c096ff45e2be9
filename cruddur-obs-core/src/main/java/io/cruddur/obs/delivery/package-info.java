/** The way out, the same for every sink: bounded queue, worker, batches, retries and the law that nothing is lost silently. */
@NullMarked
package io.cruddur.obs.delivery;

import org.jspecify.annotations.NullMarked;
