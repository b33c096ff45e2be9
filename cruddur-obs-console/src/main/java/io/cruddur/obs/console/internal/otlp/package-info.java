/** OTLP/HTTP: spans of any language, read and turned into the segment documents that all else here is made of. Not API. */
@NullMarked
package io.cruddur.obs.console.internal.otlp;

import org.jspecify.annotations.NullMarked;
