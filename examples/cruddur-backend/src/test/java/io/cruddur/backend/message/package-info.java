@NullMarked
package io.cruddur.backend.message;

import org.jspecify.annotations.NullMarked;
