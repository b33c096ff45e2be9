/** Logs: the CloudWatch Logs calls and the lines they bring. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.log;

import org.jspecify.annotations.NullMarked;
