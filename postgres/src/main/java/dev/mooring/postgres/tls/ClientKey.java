package dev.mooring.postgres.tls;

import dev.mooring.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A private key with its certificates, with which this process identifies itself to the server. Immutable. */
public final class ClientKey {
    private static final String ALIAS = "client";

    private final PrivateKey key;
    private final List<Certificate> chain;

    private ClientKey(PrivateKey key, List<Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /** Whether the file is a PKCS#12 store by its name, which holds the certificate too. */
    public static boolean isStore(Path key) {
        String name = key.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx");
    }

    /**
     * Reads key and certificate.
     *
     * @param certificate the file of the certificate and those between it and its authority; only a store can do without
     * @param password opens an encrypted key or a store
     * @throws UnusableKeyException the files hold no key and certificate that belong together; the message says what is expected
     */
    public static ClientKey read(Optional<Path> certificate, Path key, Optional<Secret> password)
            throws UnusableKeyException {
        ClientKey read = isStore(key)
                ? ofStore(key, password)
                : new ClientKey(PrivateKeyFile.read(key, password), certificates(certificate));
        if (!read.belongsTogether()) {
            throw new UnusableKeyException("the private key of the client certificate");
        }
        return read;
    }

    /** The key for a TLS context. */
    public KeyManager[] managers() throws GeneralSecurityException, IOException {
        char[] inMemory = {};
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, key, inMemory, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, inMemory);
        return factory.getKeyManagers();
    }

    private static List<Certificate> certificates(Optional<Path> file) throws UnusableKeyException {
        try {
            return file.isEmpty() ? List.of() : CertificateFile.read(file.get());
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new UnusableKeyException("a readable client certificate beside it", unreadable);
        }
    }

    private static ClientKey ofStore(Path file, Optional<Secret> password) throws UnusableKeyException {
        char[] opens = password.map(Secret::reveal).orElse("").toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, opens);
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.getKey(alias, opens);
                if (key instanceof PrivateKey own) {
                    return new ClientKey(own, List.of(store.getCertificateChain(alias)));
                }
            }
            throw new UnusableKeyException("a PKCS#12 store with a private key");
        } catch (UnusableKeyException known) {
            throw known;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new UnusableKeyException("a PKCS#12 store, and the password that opens it", unreadable);
        }
    }

    /** Whether the first certificate's public key verifies what the private key signs. */
    private boolean belongsTogether() {
        if (chain.isEmpty()) {
            return false;
        }
        PublicKey open = chain.get(0).getPublicKey();
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            Signature signer = Signature.getInstance(algorithm);
            byte[] text = {1, 2, 3};
            signer.initSign(key);
            signer.update(text);
            byte[] signed = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(open);
            verifier.update(text);
            return verifier.verify(signed);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }
}
