/** Creates what is missing in the AWS account, when it is asked to. */
@NullMarked
package io.cruddur.obs.spring.provision;

import org.jspecify.annotations.NullMarked;
