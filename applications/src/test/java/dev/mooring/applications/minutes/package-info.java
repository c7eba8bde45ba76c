/** The page "Add Mooring to your service in five minutes", step by step on a new project. */
@NullMarked
package dev.mooring.applications.minutes;

import org.jspecify.annotations.NullMarked;
