/** Calls by the JDK's HTTP client over real sockets. */
@NullMarked
package io.cruddur.obs.httpclient;

import org.jspecify.annotations.NullMarked;
