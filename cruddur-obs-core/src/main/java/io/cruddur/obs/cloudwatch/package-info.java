/** The CloudWatch Logs back end. */
@NullMarked
package io.cruddur.obs.cloudwatch;

import org.jspecify.annotations.NullMarked;
