/**
 * The front door: {@link dev.mooring.Dependency} says what to look after, {@link dev.mooring.Mooring} looks after it. The packages
 * below are the rooms; nothing in them looks back up here.
 */
@NullMarked
package dev.mooring;

import org.jspecify.annotations.NullMarked;
