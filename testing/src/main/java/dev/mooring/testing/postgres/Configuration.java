package dev.mooring.testing.postgres;

import dev.mooring.embedded.machine.Unprivileged;
import dev.mooring.testing.tls.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files that configure a server: it starts quickly, is small, and writes nothing outside of the data directory. */
final class Configuration {
    private Configuration() {}

    /** Writes the settings of a server; {@code wanted} override the defaults. Every log-in needs a password (SCRAM). */
    static void write(Path data, int port, @Nullable SelfSigned certificate, Map<String, String> wanted) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", String.valueOf(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "100");
        settings.put("shared_buffers", "16MB");
        // In the data directory: segments in /dev/shm would outlive a killed server.
        settings.put("dynamic_shared_memory_type", "mmap");
        // The data survives the end of the process, which tests need, but not that of the machine.
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("min_wal_size", "8MB");
        settings.put("max_wal_size", "256MB");
        settings.put("jit", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("lc_messages", "C");
        settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
        if (certificate != null) {
            settings.put("ssl", "on");
            settings.put("ssl_cert_file", certificate.certificate().toString());
            settings.put("ssl_key_file", certificate.key().toString());
        }
        settings.putAll(wanted);
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining());
        write(data, "postgresql.conf", lines);
        write(
                data,
                "pg_hba.conf",
                "host all all 127.0.0.1/32 scram-sha-256\nhost replication all 127.0.0.1/32 scram-sha-256\n");
    }

    /** Makes the next start that of a standby. */
    static void markAsStandby(Path data) {
        write(data, "standby.signal", "");
    }

    private static void write(Path data, String file, String content) {
        try {
            Unprivileged.give(Files.writeString(data.resolve(file), content));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file + " of the server in " + data, failed);
        }
    }
}
