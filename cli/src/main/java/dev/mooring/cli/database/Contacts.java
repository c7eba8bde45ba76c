package dev.mooring.cli.database;

import dev.mooring.DependencyBuilder;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpProbe;
import dev.mooring.http.UnexpectedReplyException;
import dev.mooring.operations.authservice.AuthServiceSettings;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.redis.Redis;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.RedisVariables;
import dev.mooring.registry.backend.MlflowBackendConfiguration;
import dev.mooring.registry.backend.MlflowSettings;
import dev.mooring.settings.Settings;
import java.util.Optional;

/** Makes the contact for each dependency of the service. */
final class Contacts {
    private static final int SERVER_ERROR = 500;

    private Contacts() {}

    /** The contact for a dependency that the settings switch on; empty where they do not. Touches no network, but for supervision. */
    static Optional<Contact> of(String dependency, CommandSettings command) {
        Settings settings = command.settings();
        return switch (dependency) {
            case PostgresSettings.DEPENDENCY -> Optional.of(new DatabaseContact(command.database("mooring_wait")));
            case RedisVariables.NAME ->
                RedisVariables.read(settings).filter(RedisSettings::enabled).map(Contacts::redis);
            case MlflowSettings.NAME ->
                MlflowSettings.BACKEND
                        .read(settings)
                        .filter(backend -> backend.enabled())
                        .map(MlflowBackendConfiguration::backend)
                        .map(Contacts::http);
            default ->
                AuthServiceSettings.BACKEND
                        .read(settings)
                        .filter(backend -> backend.enabled())
                        .map(backend -> HttpBackend.with(backend)
                                .probe(HttpProbe.get("/").expecting(reply -> {
                                    if (reply.status() >= SERVER_ERROR) {
                                        throw UnexpectedReplyException.ofStatus(reply);
                                    }
                                }))
                                .dependency(DependencyBuilder::optional)
                                .build())
                        .map(Contacts::http);
        };
    }

    private static Contact redis(RedisSettings settings) {
        Redis redis = Redis.of(settings);
        return new SupervisedContact(redis.dependency(), redis);
    }

    private static Contact http(HttpBackend backend) {
        return new SupervisedContact(backend.dependency(), backend);
    }
}
