/** The circuit breaker: its states, the permits they hand out and its settings. Knows nothing of probes or threads. */
@NullMarked
package dev.mooring.breaker;

import org.jspecify.annotations.NullMarked;
