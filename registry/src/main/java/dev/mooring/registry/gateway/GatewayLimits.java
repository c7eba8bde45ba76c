package dev.mooring.registry.gateway;

import dev.mooring.registry.mlflow.Area;
import dev.mooring.registry.mlflow.MlflowCall;
import dev.mooring.spring.request.OwnLimits;
import dev.mooring.spring.request.RequestLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/** The limits of forwarded calls: the time that MLflow has, and none for artifacts but an idle limit. */
final class GatewayLimits implements OwnLimits {
    private final Duration time;

    /** @param time the time of a call that is no stream */
    GatewayLimits(Duration time) {
        this.time = time;
    }

    @Override
    public Optional<RequestLimit> of(HttpServletRequest request) {
        return MlflowCall.of(request.getMethod(), Incoming.mapped(request))
                .map(call -> call.area() == Area.ARTIFACTS ? RequestLimit.ofStreams() : RequestLimit.within(time));
    }
}
