package dev.mooring.registry.service;

import dev.mooring.registry.api.FrontConfiguration;
import dev.mooring.registry.api.RequestConfiguration;
import dev.mooring.registry.backend.MlflowBackendConfiguration;
import dev.mooring.registry.backend.MlflowSwitchedOff;
import dev.mooring.registry.events.EventsConfiguration;
import dev.mooring.registry.events.RedisConfiguration;
import dev.mooring.registry.gateway.GatewayConfiguration;
import dev.mooring.registry.local.LocalMlflowConfiguration;
import dev.mooring.registry.mirror.MirrorConfiguration;
import dev.mooring.registry.mlflow.MlflowConfiguration;
import dev.mooring.registry.models.ModelsConfiguration;
import dev.mooring.registry.registrations.RegistrationsConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The web application. It imports its own features by name; the features of the modules switch themselves on. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    EventsConfiguration.class,
    RedisConfiguration.class,
    ModelsConfiguration.class,
    MlflowBackendConfiguration.class,
    MlflowSwitchedOff.class,
    RegistrationsConfiguration.class,
    GatewayConfiguration.class,
    MirrorConfiguration.class,
    MlflowConfiguration.class,
    LocalMlflowConfiguration.class,
    FrontConfiguration.class,
    RequestConfiguration.class,
    DatabaseConfiguration.class
})
class RegistryApplication {}
