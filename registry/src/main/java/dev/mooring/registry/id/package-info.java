/** Ids that we give to what we keep. */
@NullMarked
package dev.mooring.registry.id;

import org.jspecify.annotations.NullMarked;
