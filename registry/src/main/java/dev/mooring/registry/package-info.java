/** The model registry service: how it is started and what can be set. Features live in packages of their own below. */
@NullMarked
package dev.mooring.registry;

import org.jspecify.annotations.NullMarked;
