package dev.mooring.postgres.settings;

import dev.mooring.settings.GivenValues;
import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;

/** The definitions of a {@link Login}. */
final class LoginSettings {
    final Setting<String> user;
    final Setting<Secret> password;
    final Setting<String> database;
    final Setting<String> fallback;
    final Setting<String> applicationName;

    LoginSettings(String prefix, Setting<PostgresUri> url) {
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
                .takenFrom(url, uri -> uri.parameter("application_name", "ApplicationName"))
                .accepting("a text of at most 63 characters", name -> name.length() <= 63)
                .defaultsTo("mooring")
                .describedAs("Name under which the server shows the connections.");
    }

    Login read(Settings settings) {
        return new Login(
                settings.get(user),
                settings.secret(password),
                settings.get(database),
                settings.find(fallback),
                settings.get(applicationName));
    }

    void give(Login login, GivenValues values) {
        values.with(user, login.user())
                .with(database, login.database())
                .with(fallback, login.fallback())
                .with(applicationName, login.applicationName());
    }
}
