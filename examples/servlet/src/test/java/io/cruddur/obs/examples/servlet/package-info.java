@NullMarked
package io.cruddur.obs.examples.servlet;

import org.jspecify.annotations.NullMarked;
