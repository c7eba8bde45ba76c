package dev.mooring.postgres.tls;

import dev.mooring.settings.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads a private key in PKCS#8: PEM or DER, with or without a password. */
final class PrivateKeyFile {
    static final String EXPECTED =
            "a readable file with a PKCS#8 private key (PEM or DER) or a PKCS#12 store (.p12, .pfx);"
                    + " openssl pkcs8 -topk8 converts other keys";

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----([^-]*)-----END (?:ENCRYPTED )?PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PrivateKeyFile() {}

    static PrivateKey read(Path file, Optional<Secret> password) throws UnusableKeyException {
        byte[] encoded;
        try {
            encoded = encoded(Files.readAllBytes(file));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UnusableKeyException(EXPECTED, unreadable);
        }
        Optional<PrivateKey> plain = plain(new PKCS8EncodedKeySpec(encoded));
        return plain.isPresent() ? plain.get() : decrypted(encrypted(encoded), password);
    }

    private static byte[] encoded(byte[] content) {
        Matcher pem = PEM.matcher(new String(content, StandardCharsets.ISO_8859_1));
        return pem.find() ? Base64.getMimeDecoder().decode(pem.group(1)) : content;
    }

    private static Optional<PrivateKey> plain(PKCS8EncodedKeySpec key) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> plain(key, algorithm).stream())
                .findFirst();
    }

    private static Optional<PrivateKey> plain(PKCS8EncodedKeySpec key, String algorithm) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(key));
        } catch (GeneralSecurityException ofAnother) {
            return Optional.empty();
        }
    }

    private static EncryptedPrivateKeyInfo encrypted(byte[] encoded) throws UnusableKeyException {
        try {
            return new EncryptedPrivateKeyInfo(encoded);
        } catch (IOException noKey) {
            throw new UnusableKeyException(EXPECTED, noKey);
        }
    }

    private static PrivateKey decrypted(EncryptedPrivateKeyInfo info, Optional<Secret> password)
            throws UnusableKeyException {
        if (password.isEmpty()) {
            throw new UnusableKeyException("a password for this encrypted key");
        }
        try {
            // In PBES2 (openssl's default) the parameters name the algorithm.
            String named = info.getAlgName();
            String algorithm =
                    named.equals("PBES2") || named.startsWith("1.") ? String.valueOf(info.getAlgParameters()) : named;
            PBEKeySpec secret = new PBEKeySpec(password.get().reveal().toCharArray());
            Key key = SecretKeyFactory.getInstance(algorithm).generateSecret(secret);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return plain(info.getKeySpec(cipher)).orElseThrow(() -> new UnusableKeyException(EXPECTED));
        } catch (UnusableKeyException known) {
            throw known;
        } catch (GeneralSecurityException wrong) {
            throw new UnusableKeyException("the password that opens this encrypted key", wrong);
        }
    }
}
