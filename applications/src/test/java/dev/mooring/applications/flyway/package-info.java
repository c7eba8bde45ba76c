/** An application with JPA whose tables Flyway makes, in a schema of their own. */
@NullMarked
package dev.mooring.applications.flyway;

import org.jspecify.annotations.NullMarked;
