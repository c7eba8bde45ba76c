package dev.mooring.registry.local;

import dev.mooring.registry.store.VersionRequest;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a call.
 *
 * @param actor the name of the caller
 * @param request what a call that makes a version keeps, so that a repetition finds the version; null for every other call
 */
record Sender(String actor, @Nullable VersionRequest request) {}
