/** An application whose tables Liquibase makes. */
@NullMarked
package dev.mooring.applications.liquibase;

import org.jspecify.annotations.NullMarked;
