/** An application that is restarted in a process that stays, as devtools do it. */
@NullMarked
package io.cruddur.obs.spring.restart;

import org.jspecify.annotations.NullMarked;
