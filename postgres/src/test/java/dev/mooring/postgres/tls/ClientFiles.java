package dev.mooring.postgres.tls;

import dev.mooring.testing.tls.Keytool;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A self-signed certificate of a client with its key in every form, which the JDK's keytool makes.
 *
 * @param certificate PEM
 * @param key PKCS#8, PEM
 * @param binaryKey PKCS#8, DER
 * @param encryptedKey PKCS#8, PEM, encrypted (PBES2) with {@link #PASSWORD}
 * @param store PKCS#12 with {@link #PASSWORD}
 */
public record ClientFiles(Path certificate, Path key, Path binaryKey, Path encryptedKey, Path store) {
    public static final String PASSWORD = "key-marker-pw";

    private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";
    /** The object identifier 1.2.840.113549.1.5.13 in DER. */
    private static final byte[] PBES2 = {6, 9, 42, (byte) 0x86, 72, (byte) 0x86, (byte) 0xF7, 13, 1, 5, 13};

    /** {@code keytool} holds the options of the key pair, such as {@code -keyalg RSA}. */
    public static ClientFiles in(Path folder, String user, String... keytool) throws Exception {
        Path store = folder.resolve("client.p12");
        generate(store, user, keytool);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] key = keys.getKey("client", PASSWORD.toCharArray()).getEncoded();
        return new ClientFiles(
                Files.writeString(
                        folder.resolve("client.crt"),
                        pem("CERTIFICATE", keys.getCertificate("client").getEncoded())),
                Files.writeString(folder.resolve("client.key"), pem("PRIVATE KEY", key)),
                Files.write(folder.resolve("client.pk8"), key),
                Files.writeString(folder.resolve("encrypted.key"), pem("ENCRYPTED PRIVATE KEY", encrypted(key))),
                store);
    }

    private static byte[] encrypted(byte[] key) throws Exception {
        SecretKey secret =
                SecretKeyFactory.getInstance(ALGORITHM).generateSecret(new PBEKeySpec(PASSWORD.toCharArray()));
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        // JDK 17 reads PBES2 keys, and has no way to write one.
        byte[] algorithm = der(0x30, PBES2, cipher.getParameters().getEncoded());
        return der(0x30, algorithm, der(0x04, cipher.doFinal(key)));
    }

    /** A value in DER with this tag. */
    private static byte[] der(int tag, byte[]... parts) {
        int length = Stream.of(parts).mapToInt(part -> part.length).sum();
        // Two bytes of length are enough for a key.
        ByteBuffer all = ByteBuffer.allocate(4 + length);
        all.put((byte) tag).put((byte) 0x82).putShort((short) length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static void generate(Path store, String user, String... options) {
        Keytool.run(
                store,
                PASSWORD,
                Stream.concat(
                                Stream.of("-genkeypair", "-alias", "client", "-dname", "CN=" + user, "-validity", "30"),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    public static String pem(String type, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }
}
