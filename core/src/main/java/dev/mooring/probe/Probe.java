package dev.mooring.probe;

/**
 * A cheap check of one dependency on a connection of its own.
 *
 * <p>The supervisor calls a probe on probe threads, up to three times at the same time: one {@linkplain ProbeKind#SESSION session} probe,
 * and {@linkplain ProbeKind#FRESH fresh} probes beside it. A probe may block: it delays no other work of the supervisor. When the
 * supervisor stops waiting for a probe, it closes what the probe registered with {@link ProbeAttempt#onAbandon}.
 */
@FunctionalInterface
public interface Probe {
    /**
     * Checks the dependency once.
     *
     * @return the answer of a dependency that can do its work, perhaps with findings; null counts as a failure
     * @throws Exception the dependency did not answer, or refused; the dependency's failure classifier turns the exception into a failure
     *     kind
     */
    ProbeAnswer ask(ProbeAttempt attempt) throws Exception;
}
