/** Metrics as Prometheus reads them. What may come in: how they are told. Not: what is counted, which stands with what does it. */
@NullMarked
package dev.mooring.registry.metrics;

import org.jspecify.annotations.NullMarked;
