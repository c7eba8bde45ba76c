/**
 * The end of the service, in the right order: not ready, drain, requests finish, supervision ends, pools close. What may come in:
 * the first two; the rest is Boot's graceful shutdown and the order of beans.
 */
@NullMarked
package dev.mooring.spring.shutdown;

import org.jspecify.annotations.NullMarked;
