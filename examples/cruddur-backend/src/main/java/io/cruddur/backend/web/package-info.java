/** What all of the HTTP contract has in common. */
@NullMarked
package io.cruddur.backend.web;

import org.jspecify.annotations.NullMarked;
