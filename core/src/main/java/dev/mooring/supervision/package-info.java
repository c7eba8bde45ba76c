/** The one writer of health: runs probes, weighs evidence, moves breakers, publishes reports. All of it is decided on one thread, in steps that are told the time. */
@NullMarked
package dev.mooring.supervision;

import org.jspecify.annotations.NullMarked;
