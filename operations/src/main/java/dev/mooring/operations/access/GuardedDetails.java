package dev.mooring.operations.access;

import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Guards detailed health, its history and metrics, whose filters answer before {@link AccessFilter} runs. */
record GuardedDetails(Access access, HostRule hosts, RefusedKeys refusals) implements DetailedHealthAccess {
    private static final String DETAILED_HEALTH = "/health/detailed";

    @Override
    public Optional<Problem> refuse(HttpServletRequest request) {
        return refuseOpen(request).or(() -> refuseWithoutKey(request));
    }

    @Override
    public Optional<Problem> refuseOpen(HttpServletRequest request) {
        return hosts.refuse(request);
    }

    private Optional<Problem> refuseWithoutKey(HttpServletRequest request) {
        Decision decision = access.decide("GET", DETAILED_HEALTH, PresentedKey.of(request));
        if (decision instanceof Decision.Allowed) {
            return Optional.empty();
        }
        Decision.Refused refused = decision instanceof Decision.Refused clear
                ? clear
                : Decision.Refused.withWrongKey("The key is not valid for this call.");
        refusals.count(refused.reason(), request.getRemoteAddr());
        refused.challenge(request);
        return Optional.of(refused.problem());
    }
}
