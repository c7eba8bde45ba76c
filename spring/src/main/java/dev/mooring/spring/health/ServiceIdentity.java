package dev.mooring.spring.health;

import java.util.List;
import java.util.Optional;

/**
 * What health bodies say about the service.
 *
 * @param name the name of the service
 * @param version its version, if known
 * @param commit the commit that it was built from, if known
 * @param features the names of its features
 */
public record ServiceIdentity(String name, Optional<String> version, Optional<String> commit, List<String> features) {
    public ServiceIdentity {
        features = List.copyOf(features);
    }
}
