@NullMarked
package io.cruddur.obs.spring.check;

import org.jspecify.annotations.NullMarked;
