/** Spans of calls by the AWS SDK. */
@NullMarked
package io.cruddur.obs.spring.awssdk;

import org.jspecify.annotations.NullMarked;
