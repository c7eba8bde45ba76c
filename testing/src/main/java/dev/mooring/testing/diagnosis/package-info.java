/** Rows of the table of faults: what a diagnosis has to find, and what heals it. */
@NullMarked
package dev.mooring.testing.diagnosis;

import org.jspecify.annotations.NullMarked;
