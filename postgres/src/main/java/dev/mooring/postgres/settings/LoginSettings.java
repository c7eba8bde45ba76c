package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.util.Optional;

/** The definitions of a {@link Login}. */
final class LoginSettings {
    final Setting<String> user;
    final Setting<Secret> password;
    final Setting<String> database;
    final Setting<String> fallback;
    final Setting<String> applicationName;
    final Setting<String> requireAuth;

    LoginSettings(String prefix, Setting<PostgresUri> url, Setting<SslMode> sslMode) {
        user = Setting.text(prefix + ".user")
                .takenFrom(url, PostgresUri::user)
                .defaultsTo("postgres")
                .describedAs("User to log in as.");
        password = Setting.secret(prefix + ".password")
                .takenFrom(url, PostgresUri::password)
                .describedAs("Password of the user; each log-in reads a password file again.");
        database = Setting.text(prefix + ".name")
                .takenFrom(url, PostgresUri::database)
                .describedAs("Name of the database.");
        fallback = Setting.text(prefix + ".fallback-name")
                .orOff()
                .describedAs("Name of the database to use while the first does not exist.");
        applicationName = Setting.text(prefix + ".application-name")
                .takenFrom(url, uri -> uri.parameter("ApplicationName")
                        .or(() -> uri.parameter("fallback_application_name")))
                .accepting("a text of at most 63 characters", name -> name.length() <= 63)
                .defaultsTo("mooring")
                .describedAs("Name under which the server shows the connections.");
        requireAuth = Setting.text(prefix + ".require-auth")
                .takenFrom(url, uri -> uri.parameter("requireAuth"))
                .accepting(RequiredAuth.WORDS, RequiredAuth::accepted)
                .defaultsTo(
                        "any with TLS; " + RequiredAuth.NO_READABLE_PASSWORD + " in the modes that may do without",
                        settings -> RequiredAuth.byDefault(settings.get(sslMode)))
                .describedAs("Ways to log in that the server may ask for, as libpq's require_auth.");
    }

    Login read(Settings settings) {
        return new Login(
                settings.get(user),
                settings.secret(password),
                settings.get(database),
                settings.find(fallback),
                settings.get(applicationName),
                settings.isSet(requireAuth) ? settings.find(requireAuth) : Optional.empty());
    }

    void give(Login login, GivenValues values) {
        values.with(user, login.user())
                .with(database, login.database())
                .with(fallback, login.fallback())
                .with(applicationName, login.applicationName())
                .with(requireAuth, login.requireAuth());
    }
}
