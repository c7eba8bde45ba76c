/** Events of supervision: changes of status and breaker, probes and attempts to connect. Plain data. */
@NullMarked
package dev.mooring.event;

import org.jspecify.annotations.NullMarked;
