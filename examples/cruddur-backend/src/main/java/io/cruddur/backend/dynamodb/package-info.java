/** DynamoDB: the service, or DynamoDB Local in this process. */
@NullMarked
package io.cruddur.backend.dynamodb;

import org.jspecify.annotations.NullMarked;
