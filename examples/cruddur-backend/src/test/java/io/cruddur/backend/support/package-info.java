/** The other side of the end-to-end tests: clients, a daemon, a process of its own. */
@NullMarked
package io.cruddur.backend.support;

import org.jspecify.annotations.NullMarked;
