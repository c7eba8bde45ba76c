package dev.mooring.operations.authservice;

import dev.mooring.Dependency;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.operations.OperationsSettings;
import dev.mooring.operations.access.AccessAutoConfiguration;
import dev.mooring.operations.access.ScopeRules;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.request.RequestThreads;
import dev.mooring.spring.supervision.SupervisionAutoConfiguration;
import dev.mooring.time.Time;
import java.net.URI;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** Lets an auth service validate keys, where {@code AUTH_SERVICE_URL} names one. Needs no database. */
@AutoConfiguration(
        after = SettingsAutoConfiguration.class,
        before = {AccessAutoConfiguration.class, SupervisionAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(AuthServiceIsNamed.class)
public final class AuthServiceAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AuthServiceAutoConfiguration.class);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Bean(destroyMethod = "close")
    AuthService authService(Settings settings, ScopeRules rules) {
        HttpSettings backend = AuthServiceSettings.BACKEND
                .read(settings)
                .orElseThrow(() -> new IllegalStateException("AUTH_SERVICE_URL is not set"));
        boolean used = backend.enabled() && settings.get(OperationsSettings.AUTH_ENABLED);
        if (used && isReadOnTheWay(backend.address())) {
            LOG.warn(
                    "AUTH_SERVICE_URL is not https, so everything between this service and {} can read the keys",
                    backend.address());
        }
        return new AuthService(backend.enabled(used), settings.get(AuthServiceSettings.ID), rules.known());
    }

    /** The dependency whose supervision ends before the service above closes. */
    @Bean
    Dependency authDependency(AuthService service) {
        return service.dependency();
    }

    @Bean(destroyMethod = "close")
    CheckedKeys checkedKeys(
            Settings settings, AuthService service, Environment environment, ListableBeanFactory beans) {
        return new CheckedKeys(
                service.dependency().enabled(),
                Time.system(),
                settings.get(AuthServiceSettings.CACHE_TTL),
                settings.get(AuthServiceSettings.OUTAGE_GRACE),
                settings.get(AuthServiceSettings.BACKEND.timeout()),
                mostWaiting(RequestThreads.of(environment, beans)),
                service);
    }

    /** How many requests may wait for unknown keys: all those of a fleet that begins with one new key, but not so many that known keys find no thread. */
    static int mostWaiting(RequestThreads threads) {
        return Math.max(1, threads.places() * 2 / 3);
    }

    private static boolean isReadOnTheWay(URI address) {
        return address.getScheme().equalsIgnoreCase("http") && !THIS_MACHINE.contains(address.getHost());
    }
}
