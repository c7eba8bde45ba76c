package dev.mooring.registry.store;

import java.time.Duration;
import java.util.UUID;

/**
 * The version that a call made.
 *
 * @param version the version
 * @param modelId the id of its model
 * @param before whether an equal call made it before, whose answer is not known to have reached its client
 * @param holder the process that answered that call, or this one
 * @param age the time since it was made
 */
public record MadeVersion(StoredVersion version, UUID modelId, boolean before, UUID holder, Duration age) {}
