/** What a test needs to see what an application sends. */
@NullMarked
package io.cruddur.obs.test;

import org.jspecify.annotations.NullMarked;
