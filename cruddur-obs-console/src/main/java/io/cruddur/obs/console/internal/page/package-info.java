/** The page's files and its live stream. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.page;

import org.jspecify.annotations.NullMarked;
