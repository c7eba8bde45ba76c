/** Calls at a constant rate, and their results. What may come in: other shapes of load for a test. */
@NullMarked
package dev.mooring.testing.load;

import org.jspecify.annotations.NullMarked;
