package dev.mooring.redis.diagnosis;

import dev.mooring.diagnosis.BrokenException;
import dev.mooring.diagnosis.Endpoint;
import dev.mooring.diagnosis.Round;
import dev.mooring.failure.Failure;
import dev.mooring.redis.settings.Node;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks the Sentinels, one after the other, where the primary is.
 *
 * @param settings how to reach them
 * @param watched the Sentinels, and the name of the primary
 */
record Sentinels(RedisSettings settings, Topology.Sentinel watched) {
    Endpoint primary(Round round) throws BrokenException {
        List<String> failures = new ArrayList<>();
        for (Node sentinel : watched.sentinels()) {
            try {
                List<String> answer = ask(sentinel, round);
                if (answer.size() == 2) {
                    round.saw("primary " + watched.master() + " named by Sentinel " + sentinel);
                    return new Endpoint(answer.get(0), Integer.parseInt(answer.get(1)));
                }
                failures.add(sentinel + " does not know " + watched.master());
            } catch (IOException failed) {
                failures.add(sentinel + ": " + Failure.oneLine(failed));
            }
        }
        throw RedisChecks.SENTINEL.broken(String.join("; ", failures));
    }

    private List<String> ask(Node sentinel, Round round) throws IOException {
        int millis = (int) Math.max(
                1, round.left().dividedBy(watched.sentinels().size() + 1).toMillis());
        Socket socket = new Socket();
        round.closeWhenLate(socket);
        socket.connect(new InetSocketAddress(sentinel.host(), sentinel.port()), millis);
        socket.setSoTimeout(millis);
        Socket link = settings.tls() ? encrypted(socket, sentinel) : socket;
        try (Wire wire = new Wire(link)) {
            if (watched.password().isPresent()) {
                wire.text("AUTH", watched.password().get().current().reveal());
            }
            return wire.ask("SENTINEL", "get-master-addr-by-name", watched.master());
        }
    }

    private static Socket encrypted(Socket socket, Node sentinel) throws IOException {
        return ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(socket, sentinel.host(), sentinel.port(), true);
    }
}
