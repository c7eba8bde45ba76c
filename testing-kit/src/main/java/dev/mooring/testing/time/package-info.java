/** Time that stands still until the test moves it. What may come in: sources of time with types of the JDK. */
@NullMarked
package dev.mooring.testing.time;

import org.jspecify.annotations.NullMarked;
