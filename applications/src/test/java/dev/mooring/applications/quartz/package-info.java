/** An application with Quartz and its store in the database. */
@NullMarked
package dev.mooring.applications.quartz;

import org.jspecify.annotations.NullMarked;
