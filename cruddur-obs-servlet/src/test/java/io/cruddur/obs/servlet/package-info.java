@NullMarked
package io.cruddur.obs.servlet;

import org.jspecify.annotations.NullMarked;
