package dev.mooring.http.settings;

import dev.mooring.settings.Secret;
import dev.mooring.settings.Setting;
import dev.mooring.settings.Settings;
import java.util.List;
import java.util.Optional;

/** The definitions of {@link Credentials}: a token, or a user and a password. */
final class LoginSettings {
    private final Setting<Secret> token;
    private final Setting<String> user;
    private final Setting<Secret> password;

    LoginSettings(String prefix) {
        token = Setting.token(prefix + "token")
                .describedAs("Bearer token that each call sends; each call reads a token file again.");
        user = Setting.text(prefix + "username")
                .accepting("a text without a colon", name -> !name.contains(":"))
                .describedAs("User that each call sends, with the password.");
        password = Setting.secret(prefix + "password")
                .describedAs("Password of the user; each call reads a password file again.");
    }

    List<Setting<?>> all() {
        return List.of(token, user, password);
    }

    void check(Settings settings) {
        boolean named = settings.find(user).isPresent();
        boolean secret = settings.secret(password).isPresent();
        if (named && settings.secret(token).isPresent()) {
            settings.reject(user, "nothing, because " + token + " is set");
        } else if (named && !secret) {
            settings.reject(user, password + " beside it");
        } else if (!named && secret) {
            settings.reject(password, user + " beside it");
        }
    }

    Optional<Credentials> read(Settings settings) {
        return settings.secret(token).map(Credentials::bearer).or(() -> settings.find(user)
                .flatMap(name -> settings.secret(password).map(secret -> Credentials.basic(name, secret))));
    }
}
