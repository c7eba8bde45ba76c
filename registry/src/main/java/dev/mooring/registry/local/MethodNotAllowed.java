package dev.mooring.registry.local;

import java.util.Set;

/** There is an endpoint under the path of the call, but not for its method. */
final class MethodNotAllowed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Set<String> methods;

    MethodNotAllowed(Set<String> methods) {
        super("this path takes " + methods, null, false, false);
        this.methods = methods;
    }

    /** The methods that the path takes. */
    Set<String> methods() {
        return methods;
    }
}
