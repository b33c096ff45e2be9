/**
 * The bridge to the AWS X-Ray SDK for Java: what is written for that SDK takes part in our traces. The SDK's interfaces
 * are answered with views of our spans; nothing of it records, serialises or sends.
 */
@NullMarked
package io.cruddur.obs.xray.sdk;

import org.jspecify.annotations.NullMarked;
