/** One attempt at a call over HTTP, with an end whatever the other side does. */
@NullMarked
package io.cruddur.obs.http;

import org.jspecify.annotations.NullMarked;
