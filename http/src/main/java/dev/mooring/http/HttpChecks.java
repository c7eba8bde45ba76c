package dev.mooring.http;

import static dev.mooring.diagnosis.Check.fatal;
import static dev.mooring.diagnosis.Check.warning;

import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.NetworkChecks;
import dev.mooring.failure.FailureKind;
import java.util.List;
import java.util.stream.Stream;

/** The checks of an HTTP backend. */
final class HttpChecks {
    static final NetworkChecks NETWORK =
            NetworkChecks.of("http", "the backend", "the address of the backend", "HTTP_CA_FILE");

    static final Check CREDENTIALS = fatal(
                    "http-credentials",
                    Layer.LOG_IN,
                    FailureKind.AUTHENTICATION_FAILED,
                    "The backend accepts the token or the password.")
            .cause(
                    "The token was rotated or has expired",
                    "make a new one, and set it here",
                    "the credentials with status 401")
            .cause(
                    "No token is set where the backend asks for one",
                    "set the backend's token or user and password",
                    "without credentials")
            .cause(
                    "The user lacks the right to this call (403)",
                    "grant it at the backend",
                    "the credentials with status 403");

    static final Check ANSWER = fatal(
                    "http-answer", Layer.QUERY, FailureKind.RESPONSE_TIMEOUT, "The backend answers a request in time.")
            .cause("It is overloaded or hangs, or its own database does", "look at its processes and its log")
            .cause("A load balancer accepts and has no healthy target", "check its list of targets");

    static final Check HANG_UP = fatal(
                    "http-hang-up",
                    Layer.QUERY,
                    FailureKind.CONNECTION_LOST,
                    "The backend keeps the connection open until it has answered.")
            .cause(
                    "Its process ended or restarts in the middle of requests",
                    "read its log; look for out of memory",
                    "TLS)")
            .cause("The port speaks TLS, and the address begins with http:", "use https:", "(without TLS)");

    static final Check SPEAKS = fatal(
                    "http-speaks", Layer.QUERY, FailureKind.PROTOCOL_ERROR, "The server on the port speaks HTTP.")
            .cause("The port speaks TLS, and the address begins with http:", "use https:", "TLS answers")
            .cause(
                    "The port belongs to another service",
                    "compare it with the port that the backend listens on",
                    "is not HTTP");

    static final Check SERVER = fatal(
                    "http-server",
                    Layer.QUERY,
                    FailureKind.HTTP_ERROR,
                    "The backend answers without an error of its own.")
            .cause(
                    "It fails, or its own database or store does",
                    "read its log at this second",
                    "status 500",
                    "status 503")
            .cause(
                    "A proxy before it finds no target (502, 503, 504)",
                    "check the proxy's targets and time limits",
                    "status 502",
                    "status 503",
                    "status 504");

    static final Check BUSY = fatal(
                    "http-busy", Layer.QUERY, FailureKind.HTTP_ERROR, "The backend does not turn this client away.")
            .cause("It limits the rate of requests (429)", "send fewer, or raise the limit there");

    static final Check PATH = fatal(
                    "http-path", Layer.QUERY, FailureKind.HTTP_ERROR, "The backend knows the path of the probe.")
            .cause("The address lacks the path under which the backend is served", "add it, or remove a wrong one")
            .cause("Another service answers there", "compare the answer with the backend's own");

    static final Check CONTENT = fatal(
                    "http-content", Layer.QUERY, FailureKind.PROTOCOL_ERROR, "The backend answers as it should.")
            .cause("A log-in page or a proxy answers in its place", "open the address with curl and read what comes")
            .cause("Another service or another version answers", "compare it with the intended backend");

    static final Check CLOCK = warning(
                    "http-clock",
                    Layer.SETTINGS,
                    FailureKind.UNKNOWN,
                    "The clocks of backend and process differ by less than 3 s.")
            .cause("One of the machines has no time synchronization", "compare date -u on both; check chrony or ntpd");

    private HttpChecks() {}

    /** Every check that an examination may make, in the order of the layers. */
    static List<Check> all() {
        return Stream.concat(
                        NETWORK.all().stream(),
                        Stream.of(CREDENTIALS, ANSWER, HANG_UP, SPEAKS, SERVER, BUSY, PATH, CONTENT, CLOCK))
                .toList();
    }
}
