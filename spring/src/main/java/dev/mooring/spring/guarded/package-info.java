/** Methods that are guarded by a dependency's breaker, by annotation. */
@NullMarked
package dev.mooring.spring.guarded;

import org.jspecify.annotations.NullMarked;
