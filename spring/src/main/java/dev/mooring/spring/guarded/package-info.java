/** Guards methods by annotation with the breaker of a dependency. */
@NullMarked
package dev.mooring.spring.guarded;

import org.jspecify.annotations.NullMarked;
