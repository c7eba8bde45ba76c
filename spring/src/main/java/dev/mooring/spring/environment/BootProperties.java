package dev.mooring.spring.environment;

import static dev.mooring.spring.environment.ServiceSettings.BIND_ADDRESS;
import static dev.mooring.spring.environment.ServiceSettings.CORRELATION;
import static dev.mooring.spring.environment.ServiceSettings.LOGGING;
import static dev.mooring.spring.environment.ServiceSettings.LOG_FORMAT;
import static dev.mooring.spring.environment.ServiceSettings.LOG_LEVEL;
import static dev.mooring.spring.environment.ServiceSettings.MAX_REQUEST_SIZE;
import static dev.mooring.spring.environment.ServiceSettings.NAME;
import static dev.mooring.spring.environment.ServiceSettings.PORT;
import static dev.mooring.spring.environment.ServiceSettings.REQUESTS;
import static dev.mooring.spring.environment.ServiceSettings.REQUEST_TIMEOUT;
import static dev.mooring.spring.environment.ServiceSettings.SHUTDOWN_TIMEOUT;

import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Translates our settings into Boot's properties. */
final class BootProperties {
    /** The class name of the formatter of JSON log lines, which Boot instantiates before there are beans. */
    static final String JSON_LINES = "dev.mooring.spring.logging.JsonLines";

    /** The class name of the formatter of log lines for people. */
    static final String CONSOLE_LINES = "dev.mooring.spring.logging.ConsoleLines";

    /** The request id in brackets, on lines that have one. */
    private static final String REQUEST_ID = "%replace(%X{request_id}){'(.+)', '[$1] '}";

    private static final String SHUTDOWN_PHASE = "spring.lifecycle.timeout-per-shutdown-phase";
    private static final Duration READ = Duration.ofSeconds(20);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(75);
    private static final int REQUESTS_OF_A_CONNECTION = 10_000;

    private final Settings settings;

    BootProperties(Settings settings) {
        this.settings = settings;
    }

    /** Properties for the settings that the user set. They take precedence over Boot's properties in a file. */
    Map<String, Object> ordered() {
        Map<String, Object> ordered = new HashMap<>();
        when(PORT, "server.port", ordered);
        when(BIND_ADDRESS, "server.address", ordered);
        when(NAME, "spring.application.name", ordered);
        when(LOG_LEVEL, "logging.level.root", ordered);
        if (settings.isSet(SHUTDOWN_TIMEOUT)) {
            ordered.put(SHUTDOWN_PHASE, settings.get(SHUTDOWN_TIMEOUT));
        }
        if (settings.isSet(LOG_FORMAT)) {
            logFormat(ordered);
        }
        return ordered;
    }

    /** Properties that apply unless the user sets Boot's property: those of the parts that are switched on. */
    Map<String, Object> defaults() {
        Map<String, Object> defaults = new HashMap<>();
        // Log lines need the name before there are beans, and an application's catalog may define another default.
        defaults.put(SpringMetadata.PREFIX + NAME.name().property(), settings.get(NAME));
        if (settings.get(REQUESTS)) {
            limits(defaults);
        }
        if (settings.get(CORRELATION)) {
            defaults.put("logging.pattern.correlation", REQUEST_ID);
        }
        if (settings.get(LOGGING)) {
            logFormat(defaults);
            // HikariCP logs each broken connection with its stack trace. The supervisor logs an outage once, and the
            // caller
            // gets the exception.
            defaults.put("logging.level.com.zaxxer.hikari.pool.ProxyConnection", "off");
            defaults.put("logging.level.com.zaxxer.hikari.pool.PoolBase", "error");
        }
        return defaults;
    }

    private void limits(Map<String, Object> defaults) {
        defaults.put(SHUTDOWN_PHASE, settings.get(SHUTDOWN_TIMEOUT));
        String most = settings.get(MAX_REQUEST_SIZE).bytes() + "B";
        defaults.put("server.tomcat.max-http-form-post-size", most);
        defaults.put("spring.servlet.multipart.max-request-size", most);
        defaults.put("spring.servlet.multipart.max-file-size", most);
        defaults.put("server.tomcat.connection-timeout", shorter(settings.get(REQUEST_TIMEOUT), READ));
        // Longer than load balancers keep theirs; otherwise they send requests on connections that Tomcat just closed.
        defaults.put("server.tomcat.keep-alive-timeout", KEEP_ALIVE);
        // With Tomcat's default of 100, every hundredth request of a load balancer waits for a new connection.
        defaults.put("server.tomcat.max-keep-alive-requests", REQUESTS_OF_A_CONNECTION);
    }

    private void logFormat(Map<String, Object> properties) {
        String forPeople = settings.get(LOGGING) ? CONSOLE_LINES : "";
        properties.put(
                "logging.structured.format.console",
                settings.get(LOG_FORMAT) == LogFormat.JSON ? JSON_LINES : forPeople);
    }

    private void when(Setting<?> setting, String property, Map<String, Object> properties) {
        boolean isBootsOwn = settings.inForce(setting).origin().equals(property);
        if (settings.isSet(setting) && !isBootsOwn) {
            properties.put(property, String.valueOf(settings.get(setting)));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
