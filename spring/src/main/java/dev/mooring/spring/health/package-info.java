/**
 * Health over HTTP: a filter answers the health paths from memory, before any filter that could wait, and renders each report
 * once. What may come in: rendering and access. Not: checks of a dependency.
 */
@NullMarked
package dev.mooring.spring.health;

import org.jspecify.annotations.NullMarked;
