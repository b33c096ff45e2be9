/** Whether the service is up. */
@NullMarked
package io.cruddur.backend.health;

import org.jspecify.annotations.NullMarked;
