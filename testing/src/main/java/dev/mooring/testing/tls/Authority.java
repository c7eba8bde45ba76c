package dev.mooring.testing.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority that signs certificates of one server key, as long and for which names a test wants; the JDK's keytool does the work. */
public final class Authority {
    private static final String PASSWORD = "throw-away";

    private final Path folder;
    private final Path certificate;
    private final Path request;
    private final Key key;
    private int issued;

    private Authority(Path folder, Path certificate, Path request, Key key) {
        this.folder = folder;
        this.certificate = certificate;
        this.request = request;
        this.key = key;
    }

    /** A new authority, with its files in this folder. */
    public static Authority in(Path folder) throws IOException, GeneralSecurityException {
        Path authority = folder.resolve("authority.p12");
        Path server = folder.resolve("server-key.p12");
        Path certificate = folder.resolve("authority.crt");
        Path request = folder.resolve("server.csr");
        keytool(
                authority,
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=authority",
                "-validity",
                "3650",
                "-ext",
                "bc:c");
        keytool(authority, "-exportcert", "-alias", "ca", "-rfc", "-file", certificate.toString());
        keytool(server, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost");
        keytool(server, "-certreq", "-alias", "server", "-file", request.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(server)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new Authority(folder, certificate, request, keys.getKey("server", PASSWORD.toCharArray()));
    }

    /** The authority's own certificate as a PEM file, for clients to trust. */
    public Path certificate() {
        return certificate;
    }

    /** The private key of all certificates, as PEM. */
    public String key() {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    }

    /**
     * A certificate in PEM.
     *
     * @param start when it begins to be valid, in the words of keytool, such as {@code -60d}
     * @param days how many days it is valid from then on
     * @param names the alternative names, such as {@code dns:localhost,ip:127.0.0.1}
     */
    public String issue(String start, int days, String names) throws IOException {
        Path made = folder.resolve("issued-" + ++issued + ".crt");
        keytool(
                folder.resolve("authority.p12"),
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                made.toString(),
                "-startdate",
                start,
                "-validity",
                String.valueOf(days),
                "-ext",
                "san=" + names);
        return Files.readString(made);
    }

    /** What a server needs to present that certificate. */
    public SSLContext context(String issuedCertificate) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(issuedCertificate.getBytes(StandardCharsets.US_ASCII)))
                .toArray(Certificate[]::new);
        keys.setKeyEntry("server", key, PASSWORD.toCharArray(), new Certificate[] {chain[0]});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path store, String... command) {
        Keytool.run(store, PASSWORD, command);
    }
}
