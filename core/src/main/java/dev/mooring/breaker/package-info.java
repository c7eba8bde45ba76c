/** The circuit breaker: its states, the permits they hand out and its settings. Depends on neither probes nor threads. */
@NullMarked
package dev.mooring.breaker;

import org.jspecify.annotations.NullMarked;
