/**
 * What ties the lines of one request together: its id, in and out and in every log line, and the id of the caller's trace. What
 * may come in: nothing that knows what the request is about.
 */
@NullMarked
package dev.mooring.spring.correlation;

import org.jspecify.annotations.NullMarked;
