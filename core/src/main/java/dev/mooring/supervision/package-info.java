/**
 * The one writer of health: runs probes, weighs evidence, moves breakers, publishes reports. One thread decides all of it, in
 * steps.
 */
@NullMarked
package dev.mooring.supervision;

import org.jspecify.annotations.NullMarked;
