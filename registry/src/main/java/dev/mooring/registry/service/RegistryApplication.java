package dev.mooring.registry.service;

import dev.mooring.registry.access.AccessConfiguration;
import dev.mooring.registry.audit.AuditConfiguration;
import dev.mooring.registry.configuration.ConfigurationAuditConfiguration;
import dev.mooring.registry.control.ControlConfiguration;
import dev.mooring.registry.history.HistoryConfiguration;
import dev.mooring.registry.intents.IntentsConfiguration;
import dev.mooring.registry.keys.KeysConfiguration;
import dev.mooring.registry.metrics.MetricsConfiguration;
import dev.mooring.registry.models.ModelsConfiguration;
import dev.mooring.registry.operations.OperationsConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The web application: its features by name, so that nothing has to be searched for. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    AccessConfiguration.class,
    AuditConfiguration.class,
    ConfigurationAuditConfiguration.class,
    ControlConfiguration.class,
    HistoryConfiguration.class,
    IntentsConfiguration.class,
    KeysConfiguration.class,
    MetricsConfiguration.class,
    ModelsConfiguration.class,
    OperationsConfiguration.class,
    DatabaseConfiguration.class
})
class RegistryApplication {}
