package dev.mooring.breaker;

/** Nobody supervises the dependency yet: a call now would never be judged, so it is the caller's mistake. */
final class Unattached extends State {
    Unattached(Breaker breaker) {
        super(breaker);
    }

    @Override
    BreakerState name() {
        return BreakerState.OPEN;
    }

    @Override
    Permit admit() {
        throw new IllegalStateException(
                breaker.dependency() + " is not supervised: pass it to Mooring.supervise(…) before the first call");
    }

    @Override
    Permit tryAdmit() {
        return admit();
    }
}
