/** What every way out must keep, whatever the other side does. */
@NullMarked
package io.cruddur.obs.contract;

import org.jspecify.annotations.NullMarked;
