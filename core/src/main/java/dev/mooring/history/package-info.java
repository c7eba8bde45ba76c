/** The past of dependencies: changes of status, availability, response times. Filled by events; in memory, bounded. */
@NullMarked
package dev.mooring.history;

import org.jspecify.annotations.NullMarked;
