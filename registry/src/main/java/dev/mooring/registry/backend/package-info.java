/**
 * The MLflow server behind the service: its settings, its supervised backend, the probe, and how its answers are read. Gateway, mirror and
 * registrations reach MLflow through it. What may come in: how to reach MLflow, and what is wrong with it. Not: what is asked of it.
 */
@NullMarked
package dev.mooring.registry.backend;

import org.jspecify.annotations.NullMarked;
