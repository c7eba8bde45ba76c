package dev.mooring.probe;

/**
 * A cheap check of one dependency on a connection of its own.
 *
 * <p>The supervisor calls it on a probe thread, up to three times at once: one {@linkplain ProbeKind#SESSION session} probe, and
 * {@linkplain ProbeKind#FRESH fresh} ones beside it. It may block: the supervisor does not wait for it. When the supervisor gives a
 * probe up, it closes what the probe registered with {@link ProbeAttempt#onAbandon}.
 */
@FunctionalInterface
public interface Probe {
    /**
     * Checks the dependency once.
     *
     * @return the answer of a dependency that can do its work, perhaps with findings; null counts as a failure
     * @throws Exception the dependency did not answer, or refused; its failure classifier reads the kind
     */
    ProbeAnswer ask(ProbeAttempt attempt) throws Exception;
}
