package dev.mooring.postgres.connect;

import dev.mooring.postgres.settings.Address;
import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.postgres.settings.KeepAlive;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;

/**
 * A database that our settings describe.
 *
 * @param presentAddress makes the present address of the one in the settings
 */
record SettingsTarget(PostgresSettings settings, UnaryOperator<Address> presentAddress) implements Target {
    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Address address() {
        return presentAddress.apply(settings.server().address());
    }

    @Override
    public String user() {
        return settings.login().user();
    }

    @Override
    public String database() {
        return settings.login().database();
    }

    @Override
    public Optional<String> fallback() {
        return settings.login().fallback();
    }

    @Override
    public Optional<Secret> password() {
        return settings.login()
                .password()
                .map(its -> Objects.requireNonNull(its.current(), "the source of the password gave null"));
    }

    @Override
    public KeepAlive keepAlive() {
        return settings.keepAlive();
    }

    @Override
    public Duration connectLimit() {
        return settings.limits().connect();
    }

    @Override
    public Duration answerLimit() {
        return settings.limits().socket();
    }

    @Override
    public String authExclusion() {
        return DatabaseSettings.of(settings.name()).requireAuth() + " excludes ("
                + settings.login().requiredAuth(settings.server().sslMode()) + ")";
    }

    @Override
    public boolean hasClientCertificate() {
        return settings.server().clientCertificate().isPresent();
    }

    @Override
    public boolean asksForUtc() {
        return true;
    }

    @Override
    public String url() {
        return DriverProperties.URL;
    }

    @Override
    public Properties properties(String database, Optional<Secret> password, Duration answerTimeout) {
        return DriverProperties.of(settings, address(), database, password, answerTimeout);
    }
}
