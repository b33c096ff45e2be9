/** Who may do what, by bearer tokens of Cognito or of an issuer of our own. */
@NullMarked
package io.cruddur.backend.auth;

import org.jspecify.annotations.NullMarked;
