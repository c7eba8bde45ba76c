package dev.mooring.cli.database;

import dev.mooring.embedded.machine.FreePort;
import dev.mooring.testing.postgres.TestPostgres;
import dev.mooring.testing.tls.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a command can meet where its database should be. */
enum State {
    UP,
    REFUSED,
    FROZEN,
    WRONG_PASSWORD,
    MISSING_DATABASE,
    WRONG_TLS,
    NO_DNS;

    /** The name in the golden file. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The variables of a command that meets this state. */
    Map<String, String> variables(Places places) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "DATABASE_HOST", places.server().host(),
                "DATABASE_PORT", String.valueOf(places.server().port()),
                "DATABASE_USER", places.server().admin().user(),
                "DATABASE_PASSWORD", places.server().admin().password(),
                "DATABASE_NAME", "oxygen_platform",
                "DATABASE_CONNECT_TIMEOUT", "1",
                "DATABASE_MAX_RETRIES", "2",
                "DATABASE_RETRY_DELAY", "0.1",
                "DATABASE_POOL_MAX", "5"));
        switch (this) {
            case UP -> {}
            case REFUSED -> variables.put("DATABASE_PORT", String.valueOf(places.closed()));
            case FROZEN ->
                variables.put("DATABASE_PORT", String.valueOf(places.silent().getLocalPort()));
            case WRONG_PASSWORD -> variables.put("DATABASE_PASSWORD", "rotated-away");
            case MISSING_DATABASE -> variables.put("DATABASE_NAME", "nowhere");
            case WRONG_TLS -> {
                variables.put("DATABASE_SSLMODE", "verify-ca");
                variables.put(
                        "DATABASE_SSLROOTCERT",
                        places.otherAuthority().certificate().toString());
            }
            case NO_DNS -> variables.put("DATABASE_HOST", "no-such-host.invalid");
            default -> throw new IllegalStateException(this.toString());
        }
        return variables;
    }

    /**
     * The places that the states lead to.
     *
     * @param server a server with TLS
     * @param closed a port on which nothing listens
     * @param silent a server that takes connections and never answers, as a frozen one does
     * @param otherAuthority an authority that did not sign the server's certificate
     */
    record Places(TestPostgres server, int closed, ServerSocket silent, SelfSigned otherAuthority)
            implements AutoCloseable {
        static Places in(Path folder) throws Exception {
            TestPostgres server = TestPostgres.builder().tls().start();
            server.admin().createDatabase("oxygen_platform");
            return new Places(
                    server,
                    FreePort.choose(),
                    new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    SelfSigned.in(folder));
        }

        @Override
        public void close() throws IOException {
            silent.close();
            server.close();
        }
    }
}
