/** The glucolens API. What may come in: its start and what belongs to the whole of it. Not: what it keeps; each kind has a package below. */
@NullMarked
package dev.mooring.examples.glucolens;

import org.jspecify.annotations.NullMarked;
