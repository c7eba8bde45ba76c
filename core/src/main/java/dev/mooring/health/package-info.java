/** The health of dependencies: statuses, and the immutable report that every health endpoint renders. Data only. */
@NullMarked
package dev.mooring.health;

import org.jspecify.annotations.NullMarked;
