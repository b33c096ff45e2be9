/** What several AWS services have in common: their words for errors, and the SDK's for failures. */
@org.jspecify.annotations.NullMarked
package io.cruddur.obs.aws;
