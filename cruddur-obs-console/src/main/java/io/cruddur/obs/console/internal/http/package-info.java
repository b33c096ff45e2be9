/** The HTTP side that every feature shares: routes, who may come in, bodies and their limits. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.http;

import org.jspecify.annotations.NullMarked;
