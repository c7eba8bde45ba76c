/**
 * The parameters of MLflow's searches: the filter, the order and the token of a page. What may come in: reading what a client sent. Not:
 * SQL.
 */
@NullMarked
package dev.mooring.registry.mlflow.search;

import org.jspecify.annotations.NullMarked;
