@NullMarked
package io.cruddur.obs.spring.awssdk;

import org.jspecify.annotations.NullMarked;
