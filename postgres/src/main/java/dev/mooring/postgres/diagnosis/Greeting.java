package dev.mooring.postgres.diagnosis;

import static dev.mooring.postgres.diagnosis.PostgresChecks.ANSWER;
import static dev.mooring.postgres.diagnosis.PostgresChecks.GREETING;
import static dev.mooring.postgres.diagnosis.PostgresChecks.HANG_UP;
import static dev.mooring.postgres.diagnosis.PostgresChecks.TLS_OFFERED;

import dev.mooring.diagnosis.BrokenException;
import dev.mooring.diagnosis.NetworkPath;
import dev.mooring.diagnosis.Round;
import dev.mooring.diagnosis.TlsTrust;
import dev.mooring.failure.Failure;
import dev.mooring.postgres.connect.TlsWish;
import dev.mooring.postgres.settings.SslMode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Asks a server whether it offers TLS, which only PostgreSQL answers as it should, and then examines its certificate.
 *
 * @param path the way to the server
 * @param wish how log-ins are encrypted
 */
record Greeting(NetworkPath path, TlsWish wish) {
    /** PostgreSQL's SSLRequest: length 8, code 80877103. The answer is one byte, S or N. */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    void exchange(Round round) throws IOException, BrokenException {
        try (Socket socket = path.connect(round)) {
            boolean offered = offersTls(socket);
            if (wish.mode() == SslMode.DISABLE || wish.mode() == SslMode.ALLOW) {
                round.unused("sslmode " + wish.mode().code());
            } else if (offered) {
                path.secure(socket, round, trust()).close();
            } else if (wish.mode().encrypts()) {
                throw TLS_OFFERED.broken(
                        "the server offers no TLS, and sslmode " + wish.mode().code() + " demands it");
            } else {
                round.unused(
                        "the server offers none, and sslmode " + wish.mode().code() + " goes on without");
            }
        }
    }

    private boolean offersTls(Socket socket) throws BrokenException {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(SSL_REQUEST);
            out.flush();
            return switch (socket.getInputStream().read()) {
                case 'S' -> true;
                case 'N' -> false;
                case -1 -> throw HANG_UP.broken(path.endpoint() + " closes the connection without an answer");
                default -> throw GREETING.broken(path.endpoint() + " answers, but not as PostgreSQL does");
            };
        } catch (SocketTimeoutException silent) {
            throw ANSWER.broken(path.endpoint() + " accepts the connection and does not answer");
        } catch (IOException lost) {
            throw HANG_UP.broken(path.endpoint() + " ends the connection without an answer: " + Failure.oneLine(lost));
        }
    }

    private TlsTrust trust() {
        TlsTrust.Verification how =
                switch (wish.mode()) {
                    case VERIFY_FULL -> TlsTrust.Verification.AUTHORITY_AND_NAME;
                    case VERIFY_CA -> TlsTrust.Verification.AUTHORITY;
                    default -> TlsTrust.Verification.NOTHING;
                };
        return new TlsTrust(how, wish.authorities());
    }
}
