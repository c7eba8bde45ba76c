/**
 * A line in the log for each request that an operator wants to see. What may come in: which requests those are, and what the line has. Not: the
 * form of log lines, which is {@code logging}'s, or the request id, which is {@code correlation}'s.
 */
@NullMarked
package dev.mooring.spring.requestlog;

import org.jspecify.annotations.NullMarked;
