package dev.mooring.registry.service;

import dev.mooring.testing.postgres.TestPostgres;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in this JVM, for a test that looks at its beans. */
public final class InProcess implements AutoCloseable {
    /** The key that carries every scope. */
    public static final String ADMIN_KEY = "in-process-key";

    private final ConfigurableApplicationContext context;

    private InProcess(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** The service on this server's database {@code mlflow_db}. */
    public static InProcess on(TestPostgres server, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Served.variablesOf(server));
        variables.put("ADMIN_API_KEY", ADMIN_KEY);
        variables.put("PORT", "0");
        variables.put("SHUTDOWN_DRAIN_DELAY", "0");
        variables.put("LOG_LEVEL", "warn");
        variables.putAll(more);
        SpringApplication application = new SpringApplication(RegistryApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setEnvironment(ServiceEnvironment.of(variables));
        return new InProcess(application.run());
    }

    /** A bean of the service. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Whether the service has a bean of this type. */
    public boolean has(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    /** A bean of the service, where several have its type. */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** The port on which it listens. */
    public int port() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    @Override
    public void close() {
        context.close();
    }
}
