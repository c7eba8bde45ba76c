/** Cheap checks of one dependency, off the pool: what a backend implements so that the supervisor can ask it. */
@NullMarked
package dev.mooring.probe;

import org.jspecify.annotations.NullMarked;
