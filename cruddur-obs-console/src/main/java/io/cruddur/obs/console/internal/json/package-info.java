/** JSON and times as they are read and written here. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.json;

import org.jspecify.annotations.NullMarked;
