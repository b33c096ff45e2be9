/** Conversations of two people, in DynamoDB. */
@NullMarked
package io.cruddur.backend.message;

import org.jspecify.annotations.NullMarked;
