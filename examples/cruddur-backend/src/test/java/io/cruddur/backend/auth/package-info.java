@NullMarked
package io.cruddur.backend.auth;

import org.jspecify.annotations.NullMarked;
