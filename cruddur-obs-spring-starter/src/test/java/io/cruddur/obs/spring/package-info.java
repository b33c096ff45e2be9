@NullMarked
package io.cruddur.obs.spring;

import org.jspecify.annotations.NullMarked;
