/** The X-Ray back end: segment documents to the daemon. */
@NullMarked
package io.cruddur.obs.xray;

import org.jspecify.annotations.NullMarked;
