/** An application whose tables Boot's script initializer makes. */
@NullMarked
package dev.mooring.applications.sqlinit;

import org.jspecify.annotations.NullMarked;
