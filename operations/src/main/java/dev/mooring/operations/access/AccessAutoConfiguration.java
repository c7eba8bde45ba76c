package dev.mooring.operations.access;

import dev.mooring.operations.OperationsSettings;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ServiceSettings;
import dev.mooring.spring.environment.SettingsAutoConfiguration;
import dev.mooring.spring.health.DetailedHealthAccess;
import dev.mooring.spring.health.HealthAutoConfiguration;
import dev.mooring.spring.request.FilterOrder;
import dev.mooring.spring.request.ManagementPaths;
import dev.mooring.time.Time;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Checks the access of every call. Needs no database: without one, {@code ADMIN_API_KEY} is the only key. */
@AutoConfiguration(
        after = SettingsAutoConfiguration.class,
        before = HealthAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class AccessAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AccessAutoConfiguration.class);
    /** The place of the filter that checks access: after the filters of health and of metrics, and after those that give a request its id, its deadline and its limits. */
    public static final int ORDER = FilterOrder.SIZE.position() + 10;

    @Bean
    EndpointScopes scopesOfHealth() {
        return EndpointScopes.open().at("/health", "/health/live", "/health/ready", "/livez", "/readyz");
    }

    @Bean
    EndpointScopes scopesOfOperations() {
        return EndpointScopes.of(Scope.OPS_READ, Scope.OPS_ACT)
                .at("/health/detailed", "/health/history")
                .below("/ops");
    }

    @Bean
    ManagementPaths operationsOnManagementPort() {
        return path -> isBelow("/ops", path) || isBelow("/console", path);
    }

    private static boolean isBelow(String root, String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    @Bean
    ScopeRules scopeRules(ObjectProvider<EndpointScopes> features) {
        return new ScopeRules(features.orderedStream().toList());
    }

    @Bean(destroyMethod = "close")
    AdminKey adminKey(Settings settings) {
        return settings.secret(OperationsSettings.ADMIN_API_KEY)
                .map(AdminKey::from)
                .orElseGet(AdminKey::none);
    }

    @Bean
    Access access(
            Settings settings,
            ScopeRules rules,
            AdminKey adminKey,
            ObjectProvider<StoredKeys> storedKeys,
            ObjectProvider<ValidatedKeys> elsewhere) {
        boolean keysAreAskedFor = settings.get(OperationsSettings.AUTH_ENABLED);
        boolean onlyThisMachine = OperationsSettings.isReachableFromThisMachineOnly(settings);
        if (keysAreAskedFor && adminKey.current().isEmpty()) {
            LOG.warn(
                    "ADMIN_API_KEY is not set, so only keys from the database open a call; to make the first one, set ADMIN_API_KEY"
                            + " or ADMIN_API_KEY_FILE (with AUTH_ENABLED=false, calls need no keys)");
        }
        Keys keys = new Keys(
                adminKey,
                rules.known(),
                storedKeys.getIfAvailable(StoredKeys::none),
                elsewhere.getIfAvailable(ValidatedKeys::none).areInUse());
        return new Access(keysAreAskedFor, onlyThisMachine, rules, keys);
    }

    @Bean
    HostRule hostRule(Settings settings) {
        boolean inForce = !settings.get(OperationsSettings.AUTH_ENABLED)
                && OperationsSettings.isReachableFromThisMachineOnly(settings);
        return inForce ? HostRule.ofThisMachine(settings) : HostRule.none();
    }

    @Bean
    OriginRule originRule(Settings settings) {
        return new OriginRule(
                !settings.get(OperationsSettings.AUTH_ENABLED), settings.get(ServiceSettings.CORS_ALLOWED_ORIGINS));
    }

    @Bean(destroyMethod = "close")
    RefusedKeys refusedKeys() {
        return new RefusedKeys(Time.system()).started();
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(
            Access access,
            ObjectProvider<ValidatedKeys> elsewhere,
            HostRule hosts,
            OriginRule origins,
            RefusedKeys refusals) {
        FilterRegistrationBean<AccessFilter> registration = new FilterRegistrationBean<>(
                new AccessFilter(access, elsewhere.getIfAvailable(ValidatedKeys::none), hosts, origins, refusals));
        registration.setOrder(ORDER);
        return registration;
    }

    @Bean
    @ConditionalOnMissingBean
    DetailedHealthAccess detailedHealthAccess(Access access, HostRule hosts, RefusedKeys refusals) {
        return new GuardedDetails(access, hosts, refusals);
    }

    /** Meters, where Micrometer is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Meters {
        @Bean
        RefusedKeysMeters refusedKeysMeters(RefusedKeys refusals, MeterRegistry registry) {
            return new RefusedKeysMeters(refusals, registry);
        }
    }
}
