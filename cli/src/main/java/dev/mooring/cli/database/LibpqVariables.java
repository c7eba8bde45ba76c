package dev.mooring.cli.database;

import dev.mooring.postgres.settings.DatabaseSettings;
import dev.mooring.settings.Found;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.SettingCatalog;
import dev.mooring.settings.SettingName;
import dev.mooring.settings.SettingProblem;
import dev.mooring.settings.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables by which psql and every other client of libpq find their database, as settings of ours. They count where no setting names
 * a database. As in libpq, the host is by default this machine, the user the one of the operating system, the database the one with the
 * user's name, and the password the one in the password file. Immutable.
 */
public final class LibpqVariables {
    private static final String HOST = "PGHOST";
    private static final String NUMERIC_HOST = "PGHOSTADDR";
    private static final String PORT = "PGPORT";
    private static final String USER = "PGUSER";
    private static final String DATABASE = "PGDATABASE";
    private static final String PASSWORD = "PGPASSWORD";
    private static final String SSL_MODE = "PGSSLMODE";

    /** Each of these alone says that the environment is one for libpq. */
    private static final List<String> NAMING = List.of(HOST, NUMERIC_HOST, PORT, USER, DATABASE, PASSWORD);

    /** Variables whose value is that of a setting, with the setting's name. */
    private static final Map<String, String> SAME = new TreeMap<>(Map.of(
            SSL_MODE,
            "DATABASE_SSLMODE",
            "PGSSLROOTCERT",
            "DATABASE_SSLROOTCERT",
            "PGSSLCERT",
            "DATABASE_SSLCERT",
            "PGSSLKEY",
            "DATABASE_SSLKEY",
            "PGAPPNAME",
            "DATABASE_APPLICATION_NAME"));

    private final Map<String, String> environment;

    /** The settings that the variables stand for: by the name of ours, with the name of libpq and the value. */
    private final Map<String, Found> taken = new LinkedHashMap<>();

    private LibpqVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The variables of this environment as settings; empty when it has none. Reads the password file.
     *
     * @throws InvalidSettingsException a value cannot be used; the message names the variable of libpq
     */
    public static Optional<LibpqVariables> in(Map<String, String> environment) {
        LibpqVariables found = new LibpqVariables(environment);
        if (NAMING.stream().noneMatch(name -> found.value(name).isPresent())) {
            return Optional.empty();
        }
        found.take();
        found.check();
        return Optional.of(found);
    }

    /** The environment with the settings that these variables stand for. A setting of ours that is set already stays. */
    public Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(environment);
        taken.forEach((name, found) -> all.put(name, found.value()));
        return all;
    }

    /** The line for people: which variables were read. */
    public String note() {
        List<String> names = taken.values().stream()
                .map(Found::name)
                .filter(name -> !name.startsWith("PG") || isSet(name))
                .toList();
        return "no DATABASE_HOST, DATABASE_URL or POSTGRES_URI is set; using libpq's " + String.join(", ", names);
    }

    @Override
    public String toString() {
        return note();
    }

    private void take() {
        String host = value(HOST).or(() -> value(NUMERIC_HOST)).orElse("localhost");
        if (host.startsWith("/") || host.startsWith("@")) {
            throw mistake(
                    HOST,
                    "is the folder of a socket; expected a host name or IP address, because Java connects by TCP only");
        }
        String ports = value(PORT).orElse("5432");
        String user = value(USER).orElseGet(() -> System.getProperty("user.name", "postgres"));
        String database = value(DATABASE).orElse(user);
        put("DATABASE_HOST", value(HOST).isPresent() ? HOST : NUMERIC_HOST, hosts(host, ports));
        if (!ports.contains(",")) {
            put("DATABASE_PORT", PORT, ports);
        }
        put("DATABASE_USER", USER, user);
        put("DATABASE_NAME", DATABASE, database);
        SAME.forEach((name, ours) -> value(name).ifPresent(value -> put(ours, name, value)));
        value("PGCONNECT_TIMEOUT")
                .filter(seconds -> !seconds.matches("0|-.*"))
                .ifPresent(seconds -> put("DATABASE_CONNECT_TIMEOUT", "PGCONNECT_TIMEOUT", seconds));
        if (!isSet("DATABASE_PASSWORD") && !isSet("DATABASE_PASSWORD_FILE")) {
            takePassword(host.split(",")[0], ports.split(",")[0], database, user);
        }
    }

    private void takePassword(String host, String port, String database, String user) {
        Optional<String> own = Optional.ofNullable(environment.get(PASSWORD)).filter(text -> !text.isEmpty());
        if (own.isPresent()) {
            put("DATABASE_PASSWORD", PASSWORD, own.get());
            return;
        }
        PasswordFile.of(environment)
                .flatMap(file -> file.find(host, port, database, user))
                .ifPresent(password -> put(
                        "DATABASE_PASSWORD", value("PGPASSFILE").isPresent() ? "PGPASSFILE" : "~/.pgpass", password));
    }

    /** Several hosts have one port each, or all the same. */
    private static String hosts(String hosts, String ports) {
        String[] all = hosts.split(",");
        String[] each = ports.split(",");
        if (each.length != all.length || each.length == 1) {
            return hosts;
        }
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < all.length; i++) {
            pairs.append(i == 0 ? "" : ",").append(all[i]).append(':').append(each[i]);
        }
        return pairs.toString();
    }

    private void put(String ours, String name, String value) {
        if (!isSet(ours)) {
            taken.put(ours, new Found(name, value, name));
        }
    }

    private boolean isSet(String name) {
        return value(name).isPresent();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The same bounds as for our own variables, in words about libpq's. */
    private void check() {
        SettingCatalog database = SettingCatalog.of(DatabaseSettings.DATABASE.group());
        Settings.of(this::found, database).check();
    }

    private Optional<Found> found(SettingName name) {
        return Optional.ofNullable(taken.get(name.variable()));
    }

    private InvalidSettingsException mistake(String name, String words) {
        return new InvalidSettingsException(
                List.of(new SettingProblem(name, name + " is \"" + environment.get(name) + "\", which " + words)));
    }
}
