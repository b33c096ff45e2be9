/** Calls to AWS over real sockets. */
@NullMarked
package io.cruddur.obs.awssdk;

import org.jspecify.annotations.NullMarked;
