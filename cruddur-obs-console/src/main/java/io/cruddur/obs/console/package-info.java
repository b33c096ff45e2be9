/** The local console: {@link io.cruddur.obs.console.Console} in a program, {@link io.cruddur.obs.console.ConsoleMain} from a shell. */
@NullMarked
package io.cruddur.obs.console;

import org.jspecify.annotations.NullMarked;
