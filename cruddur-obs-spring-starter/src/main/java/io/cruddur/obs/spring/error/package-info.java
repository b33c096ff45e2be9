/** What Spring lets go of that no filter sees: failures of scheduled and of asynchronous methods; and whose failures are not ours. */
@NullMarked
package io.cruddur.obs.spring.error;

import org.jspecify.annotations.NullMarked;
