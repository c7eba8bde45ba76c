/** Time as the rest of the library sees it: a wall clock, a monotonic clock, and the deadline of the present caller. */
@NullMarked
package dev.mooring.time;

import org.jspecify.annotations.NullMarked;
