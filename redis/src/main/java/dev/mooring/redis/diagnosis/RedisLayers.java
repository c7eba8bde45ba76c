package dev.mooring.redis.diagnosis;

import dev.mooring.diagnosis.BrokenException;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.NetworkPath;
import dev.mooring.diagnosis.Round;
import dev.mooring.diagnosis.TlsTrust;
import dev.mooring.failure.Failure;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The layers of one Redis from TLS on; they share one connection. The steps of one diagnosis use it, one after the other. */
final class RedisLayers {
    /** Never exists, so that a conditional write changes nothing. */
    private static final String KEY = "mooring:probe";

    private static final Map<String, Check> WRITE_REFUSALS = Map.of(
            "READONLY", ServerChecks.WRITES,
            "MASTERDOWN", ServerChecks.WRITES,
            "NOREPLICAS", ServerChecks.REPLICAS,
            "OOM", ServerChecks.MEMORY,
            "MISCONF", ServerChecks.DISK);

    private final RedisSettings settings;
    /** The way to the server; volatile, as the other fields: each step has a thread of its own. */
    private volatile @Nullable NetworkPath path;

    private volatile @Nullable Socket socket;
    private volatile @Nullable Wire wire;
    private volatile @Nullable String forbidden;

    RedisLayers(RedisSettings settings) {
        this.settings = settings;
    }

    void on(NetworkPath found) {
        path = found;
    }

    NetworkPath path() {
        return Objects.requireNonNull(path, "the name was examined before");
    }

    void tls(Round round) throws IOException, BrokenException {
        Socket plain = path().connect(round);
        socket = plain;
        if (!settings.tls()) {
            round.unused("REDIS_TLS is off");
            return;
        }
        socket = path().secure(
                        plain, round, new TlsTrust(TlsTrust.Verification.AUTHORITY_AND_NAME, settings.authorities()));
    }

    void logIn(Round round) throws IOException, BrokenException {
        Socket connection = Objects.requireNonNull(socket, "the connection");
        try {
            Wire link = new Wire(ready(connection, round));
            wire = link;
            if (settings.password().isPresent()) {
                String secret = settings.password().get().current().reveal();
                if (settings.username().isPresent()) {
                    link.text("AUTH", settings.username().get(), secret);
                } else {
                    link.text("AUTH", secret);
                }
            }
            link.text("PING");
            round.saw(settings.password().isPresent() ? "logged in as " + user() : "no password is set or asked for");
        } catch (RefusedException refused) {
            if (refused.code().equals("NOPERM")) {
                forbidden = refused.words();
                round.saw("logged in as " + user());
                return;
            }
            throw logInCheck(refused).broken(refused.words());
        } catch (IOException failed) {
            throw silence(failed)
                    .broken(path().endpoint() + ": " + Failure.oneLine(failed)
                            + (settings.tls() ? " (with TLS)" : " (without TLS)"));
        }
    }

    private String user() {
        return settings.username().orElse("default");
    }

    private static Check logInCheck(RefusedException refused) {
        String words = refused.words();
        if (words.contains("max number of clients")) {
            return RedisChecks.FREE_CONNECTION;
        }
        if (refused.code().equals("WRONGPASS")
                || words.contains("invalid password")
                || words.contains("without any password")) {
            return RedisChecks.PASSWORD;
        }
        return switch (refused.code()) {
            case "NOAUTH" -> RedisChecks.PASSWORD_SET;
            case "LOADING" -> RedisChecks.STARTED;
            case "DENIED" -> RedisChecks.PROTECTED;
            default -> RedisChecks.LOG_IN;
        };
    }

    private static Check silence(IOException failed) {
        if (failed instanceof SocketTimeoutException) {
            return RedisChecks.ANSWER;
        }
        if (failed instanceof ProtocolException) {
            return RedisChecks.GREETING;
        }
        return failed instanceof EOFException || failed instanceof SocketException
                ? RedisChecks.HANG_UP
                : RedisChecks.LOG_IN;
    }

    void database(Round round) throws IOException, BrokenException {
        Wire link = wire(round);
        if (settings.topology() instanceof Topology.Cluster) {
            cluster(link, round);
        } else if (settings.database() == 0) {
            round.saw("database 0");
        } else {
            try {
                link.text("SELECT", String.valueOf(settings.database()));
                round.saw("database " + settings.database());
            } catch (RefusedException refused) {
                throw ServerChecks.DATABASE.broken("database " + settings.database() + ": " + refused.words());
            }
        }
    }

    private void cluster(Wire link, Round round) throws IOException, BrokenException {
        try {
            Info info = Info.of(link.text("CLUSTER", "INFO"));
            if (!info.text("cluster_state").equals("ok")) {
                boolean whole = info.text("cluster_slots_assigned").equals("16384");
                throw ServerChecks.CLUSTER.broken("cluster_state is " + info.text("cluster_state") + " with "
                        + info.text("cluster_slots_ok") + " of 16384 slots; "
                        + (whole ? "all slots have a node" : "there are slots without a node"));
            }
            round.saw("cluster of " + info.text("cluster_known_nodes") + " nodes");
        } catch (RefusedException refused) {
            if (refused.code().equals("NOPERM")) {
                forbidden = refused.words();
            } else {
                throw ServerChecks.CLUSTER_ON.broken(refused.words());
            }
        }
    }

    void query(Round round) throws IOException, BrokenException {
        Wire link = wire(round);
        long begun = System.nanoTime();
        permitted(round, link, "EXISTS", KEY);
        round.saw(String.format(Locale.ROOT, "answered in %.1f ms", (System.nanoTime() - begun) / 1e6));
        List<String> role = permitted(round, link, "ROLE");
        if (!role.isEmpty() && role.get(0).equals("slave")) {
            round.warn(ServerChecks.WRITES, "the server is a replica of " + role.get(1) + ":" + role.get(2));
        } else {
            permitted(round, link, "SET", KEY, "", "XX");
        }
    }

    /** The answer; empty where the user may not ask, where another node has the key, and where a write is refused, which is a warning. */
    private List<String> permitted(Round round, Wire link, String... command) throws IOException, BrokenException {
        try {
            return link.ask(command);
        } catch (RefusedException refused) {
            Check refusal = WRITE_REFUSALS.get(refused.code());
            if (refusal != null) {
                round.warn(refusal, refused.words());
            } else if (refused.code().equals("NOPERM")) {
                forbidden = refused.words();
            } else if (!refused.code().equals("MOVED") && !refused.code().equals("ASK")) {
                throw ServerChecks.QUERY.broken(refused.words());
            }
            return List.of();
        }
    }

    void rights(Round round) {
        String refused = forbidden;
        if (refused != null) {
            round.warn(ServerChecks.RIGHTS, refused);
        } else {
            round.saw("may read and write");
        }
    }

    void settings(Round round) throws IOException {
        try {
            Info.of(wire(round).text("INFO")).judge(round);
        } catch (RefusedException refused) {
            round.saw("the user may not ask for INFO");
        }
    }

    private Wire wire(Round round) throws IOException {
        ready(Objects.requireNonNull(socket, "the connection"), round);
        return Objects.requireNonNull(wire, "the log-in");
    }

    /** Bounds each answer by the time that is left, and lets another thread close the connection when the step is late. */
    private static Socket ready(Socket connection, Round round) throws IOException {
        round.closeWhenLate(connection);
        connection.setSoTimeout((int) Math.max(1, round.left().toMillis() * 9 / 10));
        return connection;
    }

    void close() {
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ended) {
                // The server ended it before.
            }
        }
    }
}
