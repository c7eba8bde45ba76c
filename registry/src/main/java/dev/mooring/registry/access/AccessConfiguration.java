package dev.mooring.registry.access;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.request.FilterOrder;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

    @Bean
    Access access(Settings settings) {
        boolean onlyThisMachine = isLoopback(settings.get(ServiceSettings.BIND_ADDRESS));
        Access access = new Access(
                settings.get(RegistrySettings.AUTH_ENABLED),
                onlyThisMachine,
                settings.find(RegistrySettings.ADMIN_API_KEY));
        if (access.isClosedForAll()) {
            LOG.warn(
                    "No key is set, so every call but health is answered with 401: set ADMIN_API_KEY or ADMIN_API_KEY_FILE"
                            + " (AUTH_ENABLED=false asks for no keys at all)");
        }
        return access;
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(Access access) {
        FilterRegistrationBean<AccessFilter> registration = new FilterRegistrationBean<>(new AccessFilter(access));
        registration.setOrder(ORDER);
        return registration;
    }

    /** Detailed health is answered before our filter, by the same rules. */
    @Bean
    DetailedHealthAccess detailedHealthAccess(Access access) {
        return request -> access.decide(DETAILED_HEALTH, PresentedKey.of(request)) instanceof Decision.Refused refused
                ? Optional.of(refused.problem())
                : Optional.empty();
    }

    private static boolean isLoopback(String ipAddress) {
        try {
            // No name is looked up: the setting accepts addresses only.
            return InetAddress.getByName(ipAddress).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
