/** Spans of calls by beans that are HTTP clients of the JDK. */
@NullMarked
package io.cruddur.obs.spring.httpclient;

import org.jspecify.annotations.NullMarked;
