/**
 * Connects the log lines of one request: by the request's id, which requests, responses and log lines carry, and by the id of
 * the client's trace. What may come in: nothing that knows what a request is about.
 */
@NullMarked
package dev.mooring.spring.correlation;

import org.jspecify.annotations.NullMarked;
