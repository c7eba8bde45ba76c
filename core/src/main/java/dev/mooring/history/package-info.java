/** What has been: the last changes of status, availability, response times. Fed by events; kept in memory, bounded. */
@NullMarked
package dev.mooring.history;

import org.jspecify.annotations.NullMarked;
