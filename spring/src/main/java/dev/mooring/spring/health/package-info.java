/**
 * Health as it is told over HTTP: bodies of the contract, rendered from memory once for each report, answered before anything that
 * could wait. What may come in: rendering and access. Not: asking anything.
 */
@NullMarked
package dev.mooring.spring.health;

import org.jspecify.annotations.NullMarked;
