/** Local mode: the console in the same process. */
@NullMarked
package io.cruddur.obs.spring.console;

import org.jspecify.annotations.NullMarked;
