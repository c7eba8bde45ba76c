package dev.mooring.registry.models;

import java.util.UUID;

/**
 * A request to register a version that was carried out.
 *
 * @param id the registration's id
 * @param name the model
 * @param version the number that the version got
 */
record Registration(UUID id, String name, long version) {}
