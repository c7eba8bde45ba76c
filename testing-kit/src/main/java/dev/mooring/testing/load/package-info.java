/**
 * Calls at a steady rate, and what became of each. What may come in: other shapes of load for a test.
 */
@NullMarked
package dev.mooring.testing.load;

import org.jspecify.annotations.NullMarked;
