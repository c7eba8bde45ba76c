package dev.mooring.http.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of certificates in PEM, as far as a check of the settings looks. */
final class PemFile {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private PemFile() {}

    static boolean holdsCertificate(Path file) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) <= MAX_BYTES
                    && Files.readString(file, StandardCharsets.ISO_8859_1).contains(BEGIN);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
