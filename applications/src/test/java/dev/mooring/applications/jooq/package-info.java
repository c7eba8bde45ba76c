/** An application with jOOQ. */
@NullMarked
package dev.mooring.applications.jooq;

import org.jspecify.annotations.NullMarked;
