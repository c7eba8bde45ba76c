package dev.mooring.registry.models;

import dev.mooring.operations.access.EndpointScopes;
import dev.mooring.operations.access.Scope;

/** The scopes of the calls on models. */
final class ModelScopes {
    /** Needed to read models, versions, history and registrations. */
    static final Scope READ = new Scope("models:read");
    /** Needed to register, to promote, and for every other change. */
    static final Scope WRITE = new Scope("models:write");

    static final EndpointScopes ENDPOINTS = EndpointScopes.of(READ, WRITE).below("/models", "/registrations");

    private ModelScopes() {}
}
