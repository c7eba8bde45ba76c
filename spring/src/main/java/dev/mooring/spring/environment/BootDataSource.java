package dev.mooring.spring.environment;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Supervises the PostgreSQL database that an application names in {@code spring.datasource.*}. If our own settings hold an
 * address, they win and this class ignores all of Boot's properties.
 */
final class BootDataSource {
    private static final String URL = "spring.datasource.url";
    private static final Map<String, String> ALSO = new LinkedHashMap<>();
    private static final Map<String, String> MILLISECONDS = new LinkedHashMap<>();

    static {
        ALSO.put("spring.datasource.username", "mooring.database.user");
        ALSO.put("spring.datasource.password", "mooring.database.password");
        ALSO.put("spring.datasource.hikari.maximum-pool-size", "mooring.database.pool-max");
        ALSO.put("spring.datasource.hikari.minimum-idle", "mooring.database.pool-min");
        MILLISECONDS.put("spring.datasource.hikari.connection-timeout", "mooring.database.acquire-timeout");
        MILLISECONDS.put("spring.datasource.hikari.idle-timeout", "mooring.database.pool-idle-timeout");
        MILLISECONDS.put("spring.datasource.hikari.max-lifetime", "mooring.database.pool-max-lifetime");
    }

    private final Environment environment;

    BootDataSource(Environment environment) {
        this.environment = environment;
    }

    /** The name of our setting that holds an address, if one does. */
    Optional<String> ours() {
        return Stream.of(
                        "DATABASE_HOST",
                        "DATABASE_URL",
                        "POSTGRES_URI",
                        "mooring.database.host",
                        "mooring.database.url")
                .filter(name -> isSet(name))
                .findFirst();
    }

    /** The parameters of its URL that have no effect here; empty unless our settings are those of Boot's. */
    Set<String> withoutEffect() {
        return isPostgres() && ours().isEmpty()
                ? JdbcUrl.of(environment.getProperty(URL, "")).leftOut()
                : Set.of();
    }

    boolean isPostgres() {
        return environment.getProperty(URL, "").startsWith("jdbc:postgresql:");
    }

    /** Boot's properties as our settings; empty unless they name a PostgreSQL database and our settings hold no address. */
    PropertySource<?> source() {
        Map<String, Object> settings = new HashMap<>();
        if (isPostgres() && ours().isEmpty()) {
            take(URL, "mooring.database.url", url -> JdbcUrl.of(url).kept(), settings);
            // The driver takes part in every way to log in; our own settings exclude some without TLS.
            settings.put("mooring.database.require-auth", Elsewhere.value("any", URL));
            ALSO.forEach((boots, our) -> take(boots, our, UnaryOperator.identity(), settings));
            MILLISECONDS.forEach((boots, our) -> take(boots, our, number -> number + "ms", settings));
        }
        return new OriginTrackedMapPropertySource("spring.datasource", settings);
    }

    private void take(String boots, String our, UnaryOperator<String> form, Map<String, Object> settings) {
        if (isSet(boots)) {
            settings.put(our, Elsewhere.value(form.apply(environment.getProperty(boots, "")), boots));
        }
    }

    private boolean isSet(String property) {
        return !environment.getProperty(property, "").isBlank();
    }
}
