package dev.mooring.cli.doctor;

import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpProbe;
import dev.mooring.http.settings.HttpBackendSettings;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.operations.authservice.AuthServiceSettings;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.redis.Redis;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.registry.RegistrySettings;
import dev.mooring.registry.backend.MlflowProbe;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The dependencies that the settings of the service name.
 *
 * @param settings the settings, which collect mistakes
 * @param limit the limit of each layer
 */
record Examinees(Settings settings, Duration limit) {
    /** The names of all dependencies that the service can have. */
    static final List<String> NAMES = List.of("database", RedisVariables.NAME, MlflowSettings.NAME, "auth");

    private static final String NOT_CONFIGURED = "not configured";

    List<Examinee> all() {
        return List.of(
                database(),
                redis(),
                backend(MlflowSettings.NAME, MlflowSettings.BACKEND, Optional.of(MlflowProbe.ofTheRegistry())),
                backend("auth", AuthServiceSettings.BACKEND, Optional.empty()));
    }

    private Examinee database() {
        if (RegistrySettings.usesEmbeddedDatabase(settings)) {
            return Examinee.absent(
                    "database",
                    true,
                    NOT_CONFIGURED
                            + ": serve runs a PostgreSQL of its own, which mooring doctor --url examines; DATABASE_HOST names another");
        }
        PostgresSettings read = PostgresSettings.from(settings);
        return Examinee.of("database", true, Postgres.examination(read, limit));
    }

    private Examinee redis() {
        Optional<RedisSettings> read = RedisVariables.read(settings);
        return read.filter(RedisSettings::enabled)
                .map(its -> Examinee.of(RedisVariables.NAME, false, Redis.examination(its, limit)))
                .orElseGet(() -> absent(RedisVariables.NAME, read.isPresent()));
    }

    private Examinee backend(String name, HttpBackendSettings defined, Optional<HttpProbe> probe) {
        Optional<HttpSettings> read = defined.read(settings);
        return read.filter(HttpSettings::enabled)
                .map(its -> Examinee.of(name, false, HttpBackend.examination(its, probe, limit)))
                .orElseGet(() -> absent(name, read.isPresent()));
    }

    private static Examinee absent(String name, boolean switchedOff) {
        return Examinee.absent(name, false, switchedOff ? "switched off" : NOT_CONFIGURED);
    }
}
