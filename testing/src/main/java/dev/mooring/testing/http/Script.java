package dev.mooring.testing.http;

import java.io.IOException;

/** What a {@link ScriptedServer} does with a request. Runs on the thread of the request's connection, so it may wait. */
@FunctionalInterface
public interface Script {
    /**
     * Answers one request. A script that returns without an answer closes the connection; one that throws does too.
     *
     * @param request the request, whose body is not read yet
     */
    void play(ScriptedRequest request, ScriptedReply reply) throws IOException, InterruptedException;
}
