/**
 * MLflow's REST protocol as data: its paths and endpoints, its error codes and their form, its JSON forms of models and versions. The
 * local registry, the gateway and the mirror speak it. What may come in: facts of the protocol. Not: what a call does.
 */
@NullMarked
package dev.mooring.registry.mlflow;

import org.jspecify.annotations.NullMarked;
