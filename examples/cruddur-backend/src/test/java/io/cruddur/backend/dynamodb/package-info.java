@NullMarked
package io.cruddur.backend.dynamodb;

import org.jspecify.annotations.NullMarked;
