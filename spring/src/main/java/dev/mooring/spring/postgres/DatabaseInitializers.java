package dev.mooring.spring.postgres;

import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.spring.postgres.Initializations.Initialization;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ReflectionUtils;

/**
 * Calls the init methods of every bean that Boot knows as a database initializer, in Spring's place, through the {@link Initializations} of
 * its database. So Boot's Flyway, Liquibase and scripts run where Boot runs them while the database is there, and later where it is away.
 * An initializer of a database that nothing supervises runs as without the starter.
 */
final class DatabaseInitializers implements MergedBeanDefinitionPostProcessor {
    /** Boot notes here which of its detectors found an initializer. */
    private static final String MARK = "org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector";

    private static final String INIT = "afterPropertiesSet";

    private final ConfigurableListableBeanFactory beans;
    private final Databases databases;
    private final InitializedDatabase initialized;

    /** The init methods of each initializer, in the order in which Spring calls them. */
    private final Map<String, List<String>> initMethods = new ConcurrentHashMap<>();

    DatabaseInitializers(ConfigurableListableBeanFactory beans, Databases databases) {
        this.beans = beans;
        this.databases = databases;
        this.initialized = new InitializedDatabase(beans);
    }

    @Override
    public void postProcessMergedBeanDefinition(RootBeanDefinition definition, Class<?> type, String name) {
        if (!definition.hasAttribute(MARK) || FactoryBean.class.isAssignableFrom(type)) {
            return;
        }
        List<String> methods = new ArrayList<>();
        if (InitializingBean.class.isAssignableFrom(type)) {
            methods.add(INIT);
        }
        String[] own = definition.getInitMethodNames();
        Stream.ofNullable(own)
                .flatMap(Stream::of)
                .filter(one -> !one.equals(INIT))
                .forEach(methods::add);
        methods.forEach(definition::registerExternallyManagedInitMethod);
        if (!methods.isEmpty()) {
            initMethods.put(name, List.copyOf(methods));
        }
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        List<String> methods = initMethods.get(name);
        if (methods != null) {
            initialize(bean, name, methods);
        }
        return bean;
    }

    private void initialize(Object bean, String name, List<String> methods) {
        Initializations.Work work = () -> {
            for (String method : methods) {
                call(bean, method);
            }
        };
        try {
            Optional<Initializations> database = initializations(name, bean);
            if (database.isPresent()) {
                database.get().inPlace(new Initialization(name, work, initialized.traces(name, bean)));
            } else {
                work.run();
            }
        } catch (Exception failed) {
            throw new BeanCreationException(description(name), name, failed.getMessage(), failed);
        }
    }

    private String description(String name) {
        BeanDefinition definition = beans.getMergedBeanDefinition(name);
        return String.valueOf(definition.getResourceDescription());
    }

    private static void call(Object bean, String name) throws Exception {
        if (name.equals(INIT) && bean instanceof InitializingBean initializing) {
            initializing.afterPropertiesSet();
            return;
        }
        Method method = ReflectionUtils.findMethod(bean.getClass(), name);
        if (method == null) {
            throw new IllegalStateException(bean.getClass().getName() + " has no init method " + name);
        }
        ReflectionUtils.makeAccessible(method);
        ReflectionUtils.invokeMethod(method, bean);
    }

    /**
     * Of the database that it works on. One that makes connections of its own, with another user for example, works on the main database as
     * far as we can know.
     */
    private Optional<Initializations> initializations(String name, Object bean) {
        Optional<DataSource> source = initialized.dataSource(name, bean);
        boolean isBean = source.isPresent() && isBean(source.get());
        Optional<SupervisedDatabase> database = isBean
                ? source.flatMap(databases::of)
                : databases.supervised().stream()
                        .filter(one -> one.name().equals(PostgresSettings.DEPENDENCY))
                        .findFirst();
        return database.flatMap(SupervisedDatabase::initializations);
    }

    private boolean isBean(DataSource source) {
        return databases.of(source).isPresent()
                || Stream.of(beans.getBeanNamesForType(DataSource.class, true, false))
                        .anyMatch(name -> source.equals(beans.getSingleton(name)));
    }
}
