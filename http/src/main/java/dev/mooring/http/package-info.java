/**
 * A supervised HTTP backend: {@link dev.mooring.http.HttpBackend} is the class to begin with. What may come in: the parts of an exchange
 * over HTTP, and of supervision of such a backend.
 */
@NullMarked
package dev.mooring.http;

import org.jspecify.annotations.NullMarked;
