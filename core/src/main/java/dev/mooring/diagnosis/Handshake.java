package dev.mooring.diagnosis;

import dev.mooring.failure.Failure;
import dev.mooring.failure.FailureClassifier;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes a TLS handshake that any certificate passes, and then says what is wrong with the certificate: the JDK alone would break off with the
 * first mistake, and show nothing of the certificate.
 *
 * @param checks the checks of the server
 * @param trust what the certificate has to be
 */
record Handshake(NetworkChecks checks, TlsTrust trust) {
    private static final Duration SOON = Duration.ofDays(14);

    Socket over(Socket socket, Endpoint endpoint, Round round) throws BrokenException {
        Look look = look();
        SSLSocket secure;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {look}, null);
            secure =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, endpoint.host(), endpoint.port(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            // A JDK that gave up waiting waits as long again for the end of the connection.
            secure.setSoTimeout((int) Math.max(1, round.left().toMillis() * 45 / 100));
            secure.startHandshake();
        } catch (SocketTimeoutException silent) {
            throw checks.handshake().broken("the server does not answer the handshake");
        } catch (IOException | GeneralSecurityException failed) {
            throw checks.handshake().broken("the handshake fails: " + Failure.oneLine(failed));
        }
        judge(look, secure.getSession().getProtocol(), endpoint, round);
        return secure;
    }

    private Look look() throws BrokenException {
        try {
            return Look.trusting(trust);
        } catch (IOException | GeneralSecurityException unusable) {
            throw checks.authority().broken("the file of authorities cannot be used: " + Failure.oneLine(unusable));
        }
    }

    private void judge(Look look, String protocol, Endpoint endpoint, Round round) throws BrokenException {
        X509Certificate certificate = look.certificate();
        String subject = certificate.getSubjectX500Principal().getName();
        Instant until = certificate.getNotAfter().toInstant();
        Duration left = Duration.between(Instant.now(), until);
        String date = until.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        String when = left.isNegative() ? "expired on " + date : "expires in " + left.toDays() + " days";
        round.saw(protocol.replace("TLSv", "TLS "));
        round.saw("certificate " + subject + " " + when);
        if (trust.verification() != TlsTrust.Verification.NOTHING) {
            verified(look, subject, date, endpoint);
        }
        if (left.compareTo(SOON) <= 0) {
            round.warn(checks.expiry(), "the certificate " + subject + " " + when);
        }
    }

    private void verified(Look look, String subject, String date, Endpoint endpoint) throws BrokenException {
        @Nullable CertificateException mistrust = look.mistrust();
        if (mistrust != null) {
            List<Throwable> causes = FailureClassifier.causes(mistrust);
            if (causes.stream().anyMatch(CertificateExpiredException.class::isInstance)) {
                throw checks.dates().broken("the certificate " + subject + " expired on " + date);
            }
            if (causes.stream().anyMatch(CertificateNotYetValidException.class::isInstance)) {
                throw checks.dates()
                        .broken("the certificate " + subject + " is not valid yet, but from "
                                + look.certificate().getNotBefore().toInstant());
            }
            throw checks.authority()
                    .broken("no authority that this process trusts signed the certificate " + subject + " of "
                            + look.certificate().getIssuerX500Principal().getName());
        }
        @Nullable CertificateException otherName = look.otherName();
        if (otherName != null && trust.verification() == TlsTrust.Verification.AUTHORITY_AND_NAME) {
            throw checks.certificateName()
                    .broken("the certificate " + subject + " is not made for " + endpoint.host() + ": "
                            + Failure.oneLine(otherName));
        }
    }
}
