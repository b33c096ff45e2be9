/** What every adapter for an HTTP server has to do, as one suite that its tests inherit. */
@NullMarked
package io.cruddur.obs.test.http;

import org.jspecify.annotations.NullMarked;
