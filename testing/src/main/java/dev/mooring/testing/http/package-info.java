/**
 * An HTTP server inside the test's own process that answers each request as the test's script says: well, late, wrong, in part or not at all.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start()) {
 *     server.answers((request, reply) -> reply.json(200, "{}"));
 *     …
 *     server.answers((request, reply) -> reply.reset());
 * }
 * }</pre>
 *
 * <p>What may come in: the protocol as far as a client can see it. What a certain server would answer belongs to the test.
 */
@NullMarked
package dev.mooring.testing.http;

import org.jspecify.annotations.NullMarked;
