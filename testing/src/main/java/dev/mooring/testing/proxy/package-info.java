/**
 * A TCP proxy inside the test's own process that breaks the network between a client and its server on demand.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port())) {
 *     client.connect(proxy.host(), proxy.port());
 *     proxy.inject(Fault.stall(Direction.SERVER_TO_CLIENT));
 *     …
 *     proxy.heal();
 * }
 * }</pre>
 *
 * <p>What may come in: faults of the transport. The proxy knows bytes and connections and no protocol.
 *
 * <p>For maintainers. The <i>doorway</i> accepts connections and can be closed or clogged. Each connection is a <i>link</i> with two
 * <i>lanes</i>, one for each direction and each a thread: it reads chunks, and the <i>behaviour</i> in force decides when and how much
 * of the first chunk passes. The proxy holds its control lock while it applies a fault. A thread that holds any
 * other lock never takes a second one.
 */
@NullMarked
package dev.mooring.testing.proxy;

import org.jspecify.annotations.NullMarked;
