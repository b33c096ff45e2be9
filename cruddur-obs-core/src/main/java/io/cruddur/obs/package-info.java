/** The API. */
@NullMarked
package io.cruddur.obs;

import org.jspecify.annotations.NullMarked;
