package dev.mooring.testing.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in {@code postgresql.conf}: quick to start, small, and nothing outside of the data directory. */
final class Settings {
    private Settings() {}

    /** The settings of a server; those that a test asks for come last and win. */
    static Map<String, String> of(int port, @Nullable SelfSigned certificate, Map<String, String> wanted) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", String.valueOf(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "100");
        settings.put("shared_buffers", "16MB");
        // In the data directory: pieces in /dev/shm would outlive a server that is killed.
        settings.put("dynamic_shared_memory_type", "mmap");
        // Safe against the end of a process, which tests are about; not against that of the machine.
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
        return settings;
    }
}
