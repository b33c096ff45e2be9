@NullMarked
package io.cruddur.backend.web;

import org.jspecify.annotations.NullMarked;
