package dev.mooring.probe;

/**
 * A cheap check of one dependency on a connection of its own.
 *
 * <p>The supervisor calls it on a probe thread, up to three times at once: one {@linkplain ProbeKind#SESSION session} probe, and
 * {@linkplain ProbeKind#FRESH fresh} ones beside it. It may block: the supervisor does not wait for it, and closes what was
 * registered with {@link ProbeAttempt#onAbandon} when it gives up.
 */
@FunctionalInterface
public interface Probe {
    /**
     * Asks once.
     *
     * @return the dependency answered and can do its work, perhaps with findings
     * @throws Exception it did not answer, or refused; its kind is told by the dependency's failure classifier
     */
    ProbeAnswer ask(ProbeAttempt attempt) throws Exception;
}
