@NullMarked
package io.cruddur.obs.spring.httpclient;

import org.jspecify.annotations.NullMarked;
