package dev.mooring.registry.models;

import java.util.UUID;

/**
 * A committed registration of a version.
 *
 * @param id the registration's id
 * @param name the name of the model
 * @param version the number of the version
 */
public record Registration(UUID id, String name, long version) {}
