/**
 * Holds the local registry to a real MLflow server: the same calls go to both, and the answers must agree.
 *
 * <p>{@link dev.mooring.registry.differential.Call} is one request and {@link dev.mooring.registry.differential.Answer} what came back.
 * Calls come from a page of written scenarios and from a seeded generator. {@link dev.mooring.registry.differential.KnownDifference}
 * lists the differences that stay, each with its reason.
 */
@NullMarked
package dev.mooring.registry.differential;

import org.jspecify.annotations.NullMarked;
