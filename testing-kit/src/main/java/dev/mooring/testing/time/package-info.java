/**
 * Time that stands still until the test moves it. What may come in: seams of time that are types of the JDK.
 */
@NullMarked
package dev.mooring.testing.time;

import org.jspecify.annotations.NullMarked;
