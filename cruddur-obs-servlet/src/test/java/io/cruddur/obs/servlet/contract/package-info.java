/** The contract of HTTP servers, passed by the filter on each container. */
@NullMarked
package io.cruddur.obs.servlet.contract;

import org.jspecify.annotations.NullMarked;
