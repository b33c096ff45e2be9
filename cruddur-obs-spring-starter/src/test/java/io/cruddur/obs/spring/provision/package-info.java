@NullMarked
package io.cruddur.obs.spring.provision;

import org.jspecify.annotations.NullMarked;
