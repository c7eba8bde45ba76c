package dev.mooring.registry.access;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.request.FilterOrder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the rules of access before every call. */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AccessConfiguration.class);
    private static final String DETAILED_HEALTH = "/health/detailed";
    /** After what every request gets: its id, health, its deadline, its limits. */
    private static final int ORDER = FilterOrder.SIZE.position() + 10;

    @Bean(destroyMethod = "close")
    AdminKey adminKey(Settings settings) {
        return settings.secret(RegistrySettings.ADMIN_API_KEY)
                .map(AdminKey::from)
                .orElseGet(AdminKey::none);
    }

    @Bean
    Access access(Settings settings, AdminKey adminKey, StoredKeys storedKeys) {
        boolean keysAreAskedFor = settings.get(RegistrySettings.AUTH_ENABLED);
        boolean onlyThisMachine = RegistrySettings.isReachableFromThisMachineOnly(settings);
        if (keysAreAskedFor && adminKey.current().isEmpty()) {
            LOG.warn(
                    "ADMIN_API_KEY is not set, so only keys that were made before open a call; if none were, set ADMIN_API_KEY or"
                            + " ADMIN_API_KEY_FILE to make one (AUTH_ENABLED=false asks for no keys at all)");
        }
        return new Access(keysAreAskedFor, onlyThisMachine, new Keys(adminKey, storedKeys));
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(Access access) {
        FilterRegistrationBean<AccessFilter> registration = new FilterRegistrationBean<>(new AccessFilter(access));
        registration.setOrder(ORDER);
        return registration;
    }

    /** Detailed health and its history are answered before our filter, by the same rules. */
    @Bean
    DetailedHealthAccess detailedHealthAccess(Access access) {
        return request ->
                access.decide("GET", DETAILED_HEALTH, PresentedKey.of(request)) instanceof Decision.Refused refused
                        ? Optional.of(refused.problem())
                        : Optional.empty();
    }
}
