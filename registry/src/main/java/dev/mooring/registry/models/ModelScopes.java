package dev.mooring.registry.models;

import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.operations.access.Scope;

/** What a key needs for the calls on models. */
final class ModelScopes {
    /** Reads models, versions, history and registrations. */
    static final Scope READ = new Scope("models:read");
    /** Registers, promotes, and changes whatever else the registry holds. */
    static final Scope WRITE = new Scope("models:write");

    static final EndpointScopes ENDPOINTS = EndpointScopes.of(READ, WRITE).below("/models", "/registrations");

    private ModelScopes() {}
}
