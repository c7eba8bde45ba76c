/** Ids that we give to what we keep. */
@NullMarked
package dev.mooring.postgres.id;

import org.jspecify.annotations.NullMarked;
