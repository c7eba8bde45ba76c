package dev.mooring.spring.actuator;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * Adds the indicator {@code mooring} to the group {@code readiness}, after Boot has made that group. A default for Boot's property
 * {@code management.endpoint.health.group.readiness.include} would end the start of an application that excludes the indicator.
 */
final class ReadinessWithReport implements HealthEndpointGroupsPostProcessor {
    private static final String READINESS = "readiness";
    private static final String REPORT = "mooring";

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        return new Groups(groups);
    }

    private record Groups(HealthEndpointGroups boots) implements HealthEndpointGroups, AdditionalPathsMapper {
        @Override
        public HealthEndpointGroup getPrimary() {
            return boots.getPrimary();
        }

        @Override
        public Set<String> getNames() {
            return boots.getNames();
        }

        @Override
        public @Nullable HealthEndpointGroup get(String name) {
            HealthEndpointGroup group = boots.get(name);
            return group == null || !name.equals(READINESS) ? group : new Readiness(group);
        }

        @Override
        public @Nullable List<String> getAdditionalPaths(EndpointId endpoint, WebServerNamespace server) {
            return boots instanceof AdditionalPathsMapper mapper ? mapper.getAdditionalPaths(endpoint, server) : null;
        }
    }

    private record Readiness(HealthEndpointGroup boots) implements HealthEndpointGroup {
        @Override
        public boolean isMember(String name) {
            return name.equals(REPORT) || boots.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext context) {
            return boots.showComponents(context);
        }

        @Override
        public boolean showDetails(SecurityContext context) {
            return boots.showDetails(context);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return boots.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return boots.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return boots.getAdditionalPath();
        }
    }
}
