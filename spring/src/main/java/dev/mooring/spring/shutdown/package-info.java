/**
 * Stops the service in order: not ready, drain, requests finish, supervision ends, pools close. What may come in: the first two
 * steps. Boot's graceful shutdown and the order of beans do the others.
 */
@NullMarked
package dev.mooring.spring.shutdown;

import org.jspecify.annotations.NullMarked;
