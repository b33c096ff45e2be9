/** What the process runs on, found out beside the application by the X-Ray SDK's own plugins, and Lambda's invocations. */
@NullMarked
package io.cruddur.obs.aws.platform;

import org.jspecify.annotations.NullMarked;
