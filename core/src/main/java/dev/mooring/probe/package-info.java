/** What a backend implements so that the supervisor can probe it, and lead calls back to it after an outage. */
@NullMarked
package dev.mooring.probe;

import org.jspecify.annotations.NullMarked;
