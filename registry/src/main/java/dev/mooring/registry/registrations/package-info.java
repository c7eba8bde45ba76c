/**
 * Registrations with an MLflow server behind the service: committed here first, delivered to MLflow at once or later, exactly one version
 * for each. What may come in: what carries a registration to MLflow, and what a registration becomes. Not: MLflow's own calls.
 */
@NullMarked
package dev.mooring.registry.registrations;

import org.jspecify.annotations.NullMarked;
