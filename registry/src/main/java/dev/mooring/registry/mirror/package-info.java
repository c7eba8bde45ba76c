/**
 * The mirror of the MLflow server behind the service: it fills the tables of the store from what passes through the gateway and from a slow
 * comparison in the background, enters the changes in the history, and answers reads while MLflow is away. What may come in: what MLflow said,
 * when, and how sure the mirror is of it. Not: the form of answers, filters and pages, which the packages {@code local} and {@code models} have.
 */
@NullMarked
package dev.mooring.registry.mirror;

import org.jspecify.annotations.NullMarked;
