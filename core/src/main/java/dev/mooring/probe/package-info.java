/** What a backend implements so that the supervisor can ask it, and lead calls back to it after an outage. */
@NullMarked
package dev.mooring.probe;

import org.jspecify.annotations.NullMarked;
