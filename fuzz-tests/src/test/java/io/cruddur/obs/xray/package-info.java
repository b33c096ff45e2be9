@NullMarked
package io.cruddur.obs.xray;

import org.jspecify.annotations.NullMarked;
