package dev.mooring.operations.authservice;

import dev.mooring.http.settings.HttpBackendSettings;
import dev.mooring.settings.Setting;
import dev.mooring.settings.SettingGroup;
import dev.mooring.spring.environment.ServiceSettings;
import java.time.Duration;

/** The settings of the auth service that validates keys. */
public final class AuthServiceSettings {
    /** How to reach it. Its dependency is {@code auth}. */
    public static final HttpBackendSettings BACKEND =
            HttpBackendSettings.of("auth").prefix("auth-service").withoutLogin().timeout(Duration.ofSeconds(10));

    /** The name of this service at the auth service. */
    static final Setting<String> ID = Setting.text("auth-service.id")
            .describedAs("Name under which the auth service knows this service; its answers must repeat it.")
            .accepting("a text of 1 to 200 characters", id -> !id.isBlank() && id.codePointCount(0, id.length()) <= 200)
            .defaultsTo(ServiceSettings.NAME);

    /** How long an answer counts. */
    static final Setting<Duration> CACHE_TTL = Setting.duration("auth-cache-ttl")
            .describedAs(
                    "Time for which an answer of the auth service counts, and so the longest time until a revoked key is refused.")
            .between(Duration.ofSeconds(1), Duration.ofDays(1))
            .defaultsTo(Duration.ofMinutes(5));

    /** How long a key works without a clear answer. */
    static final Setting<Duration> OUTAGE_GRACE = Setting.duration("auth-outage-grace")
            .describedAs(
                    "Time for which a key that was validated before keeps working after that, while the auth service gives"
                            + " no clear answer.")
            .between(Duration.ZERO, Duration.ofDays(7))
            .defaultsTo(Duration.ofHours(1));

    /** A validation may be repeated, and its caller waits. */
    private static final Setting<Duration> RETRY_DELAY = Setting.duration("auth-service.retry-delay")
            .between(Duration.ZERO, Duration.ofSeconds(30))
            .defaultsTo(Duration.ofMillis(100))
            .describedAs("Wait before the second attempt; each further wait is twice as long, at most 30 s.");

    /** All of them. */
    public static final SettingGroup AUTH_SERVICE = BACKEND.group(
                    "Auth service",
                    "The service that validates keys. Without its address the keys of this service's own store count alone.")
            .and(ID, CACHE_TTL, OUTAGE_GRACE, HttpBackendSettings.AUTHORITIES)
            .redefining(RETRY_DELAY);

    private AuthServiceSettings() {}
}
