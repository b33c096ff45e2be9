/** Spans of calls by the JDK's HTTP client. Delete the folder, and nothing else of the library changes. */
@NullMarked
package io.cruddur.obs.httpclient;

import org.jspecify.annotations.NullMarked;
