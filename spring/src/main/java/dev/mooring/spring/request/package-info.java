/**
 * Filters that every request passes before it reaches the application: request id, limit of concurrent requests, deadline,
 * limit of size, allowed origins. What may come in: bounds that hold for every request.
 */
@NullMarked
package dev.mooring.spring.request;

import org.jspecify.annotations.NullMarked;
