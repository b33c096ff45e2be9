/** What the pages of the documentation show, compiled and run. */
@NullMarked
package io.cruddur.obs.spring.docs;

import org.jspecify.annotations.NullMarked;
