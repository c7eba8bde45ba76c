package dev.mooring.spring.health;

import java.util.List;
import java.util.Optional;

/**
 * Who answers.
 *
 * @param name the service's name
 * @param version its version, when it is known
 * @param commit the commit it was built from, when it is known
 * @param features what it can do
 */
public record ServiceIdentity(String name, Optional<String> version, Optional<String> commit, List<String> features) {
    public ServiceIdentity {
        features = List.copyOf(features);
    }
}
