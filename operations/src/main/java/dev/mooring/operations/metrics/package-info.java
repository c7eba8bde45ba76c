/** Metrics as Prometheus reads them. What may come in: how they are answered. Not: what is counted. */
@NullMarked
package dev.mooring.operations.metrics;

import org.jspecify.annotations.NullMarked;
