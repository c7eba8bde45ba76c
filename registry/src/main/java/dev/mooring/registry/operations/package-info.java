/**
 * The calls below {@code /ops}: what operators see and do. What may come in: how these calls are read and answered. Not: what the acts
 * mean, which is {@code intents}, nor who may call, which is {@code access}.
 */
@NullMarked
package dev.mooring.registry.operations;

import org.jspecify.annotations.NullMarked;
