/**
 * MLflow's registry calls, served from the tables of this service: the local registry, and the reads of a mirror. What may come in: the
 * meaning of MLflow's calls. Not: its protocol, which is in {@code registry.mlflow}, and statements, which are in {@code registry.store}.
 */
@NullMarked
package dev.mooring.registry.local;

import org.jspecify.annotations.NullMarked;
