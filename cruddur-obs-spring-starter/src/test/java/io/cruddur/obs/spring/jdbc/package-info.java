@NullMarked
package io.cruddur.obs.spring.jdbc;

import org.jspecify.annotations.NullMarked;
