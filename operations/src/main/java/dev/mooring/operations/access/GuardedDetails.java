package dev.mooring.operations.access;

import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Applies the access rules to detailed health, its history and metrics, whose filters answer before {@link AccessFilter} runs. */
record GuardedDetails(Access access, HostRule hosts) implements DetailedHealthAccess {
    private static final String DETAILED_HEALTH = "/health/detailed";

    @Override
    public Optional<Problem> refuse(HttpServletRequest request) {
        Optional<Problem> foreign = hosts.refuse(request);
        if (foreign.isPresent()) {
            return foreign;
        }
        Decision decision = access.decide("GET", DETAILED_HEALTH, PresentedKey.of(request));
        if (decision instanceof Decision.Allowed) {
            return Optional.empty();
        }
        return Optional.of((decision instanceof Decision.Refused refused
                        ? refused
                        : Decision.Refused.withWrongKey("The key is not valid for this call."))
                .problem());
    }
}
