/** Spans of calls that applications make by the AWS SDK for Java 2. Delete the folder, and nothing else changes. */
@NullMarked
package io.cruddur.obs.awssdk;

import org.jspecify.annotations.NullMarked;
