@NullMarked
package io.cruddur.obs.spring.console;

import org.jspecify.annotations.NullMarked;
