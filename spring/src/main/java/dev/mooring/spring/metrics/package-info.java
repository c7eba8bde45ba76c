/**
 * What is counted and measured of dependencies, for whatever meter registry the application has: the meters of the metrics reference.
 * What may come in: a meter that reads memory or is told by an event. Not: anything that a call would wait for.
 */
@NullMarked
package dev.mooring.spring.metrics;

import org.jspecify.annotations.NullMarked;
