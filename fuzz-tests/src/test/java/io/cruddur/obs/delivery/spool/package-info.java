@NullMarked
package io.cruddur.obs.delivery.spool;

import org.jspecify.annotations.NullMarked;
