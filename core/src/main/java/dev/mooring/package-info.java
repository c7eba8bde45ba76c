/**
 * The entry points: {@link dev.mooring.Dependency} describes a dependency, {@link dev.mooring.Mooring} supervises it. No package
 * below depends on this one.
 */
@NullMarked
package dev.mooring;

import org.jspecify.annotations.NullMarked;
