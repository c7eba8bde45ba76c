/**
 * The meters of dependencies in the application's meter registry; {@code docs/reference/metrics.md} lists them. What may come
 * in: a meter that reads memory or listens to events. Not: anything that a call would wait for.
 */
@NullMarked
package dev.mooring.spring.metrics;

import org.jspecify.annotations.NullMarked;
