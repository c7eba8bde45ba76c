package dev.mooring.spring.actuator;

import dev.mooring.Mooring;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.ReadinessState;

/** Boot's availability, except that it accepts traffic only while the health report is ready too. Reads memory only. */
final class MooringAvailability extends ApplicationAvailabilityBean {
    private final Mooring mooring;

    MooringAvailability(Mooring mooring) {
        this.mooring = mooring;
    }

    @Override
    @SuppressWarnings("unchecked") // the condition checks that the state has the requested type
    public <S extends AvailabilityState> @Nullable AvailabilityChangeEvent<S> getLastChangeEvent(Class<S> stateType) {
        AvailabilityChangeEvent<S> boots = super.getLastChangeEvent(stateType);
        boolean says = boots != null && boots.getState() == ReadinessState.ACCEPTING_TRAFFIC;
        return says && !mooring.health().ready()
                ? (AvailabilityChangeEvent<S>) new AvailabilityChangeEvent<>(mooring, ReadinessState.REFUSING_TRAFFIC)
                : boots;
    }
}
