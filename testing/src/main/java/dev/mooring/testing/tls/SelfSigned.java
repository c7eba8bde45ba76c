package dev.mooring.testing.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate for {@code localhost} and 127.0.0.1, which the JDK's keytool makes.
 *
 * @param certificate PEM file, which clients may trust as a root
 * @param key PEM file of the private key, readable by its owner only
 * @param store PKCS#12 store with both
 */
public record SelfSigned(Path certificate, Path key, Path store) {
    private static final String ALIAS = "server";
    private static final String STORE_PASSWORD = "throw-away";

    /** Makes a certificate, in three files in this directory. */
    public static SelfSigned in(Path directory) {
        Path store = directory.resolve("server.p12");
        try {
            Keytool.run(
                    store,
                    STORE_PASSWORD,
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-validity",
                    "30");
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, STORE_PASSWORD.toCharArray());
            }
            var key = keys.getKey(ALIAS, STORE_PASSWORD.toCharArray());
            Path keyFile = Files.createFile(
                    directory.resolve("server.key"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
            Path certificateFile = directory.resolve("server.crt");
            Files.writeString(
                    certificateFile,
                    pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
            return new SelfSigned(certificateFile, keyFile, store);
        } catch (IOException failed) {
            throw new UncheckedIOException("no certificate in " + directory, failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("no certificate in " + directory, failed);
        }
    }

    /** What a server needs to present this certificate. */
    public SSLContext context() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, STORE_PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, STORE_PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException failed) {
            throw new UncheckedIOException("no certificate in " + store, failed);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("no certificate in " + store, failed);
        }
    }

    private static String pem(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }
}
