package dev.mooring.spring.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.postgres.Postgres;
import dev.mooring.postgres.PostgresBuilder;
import dev.mooring.postgres.settings.PostgresSettings;
import dev.mooring.settings.DependencySettings;
import dev.mooring.settings.InvalidSettingsException;
import dev.mooring.settings.Settings;
import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.StartFailedException;
import dev.mooring.spring.supervision.SupervisedEarly;
import dev.mooring.spring.supervision.Supervision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;

/**
 * Puts a supervised data source in the place of each {@code HikariDataSource} that Mooring is to supervise, built from its very configuration,
 * and begins supervision with it. The application's wrappers come around ours, because this post-processor is the first. It also supervises
 * each bean of type {@code Postgres}. Supervision of a database ends before Spring closes it, and after the beans that use it.
 */
final class SupervisedDataSources implements DestructionAwareBeanPostProcessor, PriorityOrdered, SupervisedEarly {
    private final ConfigurableListableBeanFactory beans;
    private final DataSourceChoice choice;
    private final Databases databases = new Databases();
    private final NotSupervised others = new NotSupervised();

    /** What the starter made, by the bean that Spring destroys: the pool that ours replaced, or the {@code Postgres} itself. */
    private final Map<Object, SupervisedDatabase> made = new ConcurrentHashMap<>();

    /** What initializers do in a database that the starter built and Spring has not seen yet. */
    private final Map<Postgres, Initializations> built = new ConcurrentHashMap<>();

    SupervisedDataSources(ConfigurableListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.choice = new DataSourceChoice(beans, environment);
    }

    Databases databases() {
        return databases;
    }

    NotSupervised others() {
        return others;
    }

    DataSourceChoice choice() {
        return choice;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** Builds a database with all that the application wants done in it before calls come. */
    Postgres build(PostgresBuilder plan, boolean isMain) {
        DnsCache.warnIfItPins();
        if (isMain) {
            beans.getBeanProvider(StartTaskOfDatabase.class)
                    .orderedStream()
                    .forEach(one -> plan.startTask(one.name(), one.task()));
        }
        Initializations initializations = new Initializations();
        Postgres postgres =
                plan.startTask(Initializations.TASK, initializations).build();
        built.put(postgres, initializations);
        return postgres;
    }

    @Override
    public void begin() {
        choice.all().stream()
                .filter(bean -> beans.containsBeanDefinition(bean) && beans.isSingleton(bean))
                .filter(bean -> choice.isChosen(bean) && !beans.isCurrentlyInCreation(bean))
                .forEach(beans::getBean);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof Postgres postgres) {
            if (!databases.postgres().contains(postgres)) {
                supervise(name, postgres, postgres);
            }
            return bean;
        }
        boolean isNews = bean instanceof DataSource source
                && beans.containsBeanDefinition(name)
                && !databases.cover(source)
                && !AopUtils.isAopProxy(bean);
        if (!isNews) {
            return bean;
        }
        boolean isAsked = choice.asked(name).orElse(false);
        if (!choice.isChosen(name)) {
            others.add(name, reasonToLeave(name));
            return bean;
        }
        if (!beans.isSingleton(name)) {
            return left(name, bean, isAsked, "Spring makes it more than once (its scope is not singleton)");
        }
        if (!(bean instanceof HikariDataSource pool)) {
            return left(name, bean, isAsked, "it is a " + bean.getClass().getName() + " and no HikariDataSource");
        }
        String dependency = choice.nameOf(name);
        PostgresBuilder plan;
        try {
            plan = Postgres.inPlaceOf(dependency, pool);
        } catch (IllegalArgumentException cannot) {
            return left(name, bean, isAsked, String.valueOf(cannot.getMessage()));
        }
        return inPlaceOf(name, pool, plan, dependency);
    }

    private String reasonToLeave(String bean) {
        String property = DataSourceChoice.PREFIX + "." + DataSourceChoice.dashed(bean) + ".supervised";
        return choice.asked(bean).isPresent()
                ? property + " is false"
                : "the application makes it itself (" + property + "=true supervises it)";
    }

    private Object left(String name, Object bean, boolean isAsked, String reason) {
        if (isAsked) {
            throw new StartFailedException(
                    List.of("data source " + name + " cannot be supervised, because " + reason + ". Change it, or take"
                            + " away @Supervised or " + DataSourceChoice.PREFIX + "." + DataSourceChoice.dashed(name)
                            + ".supervised"),
                    ExitCode.MISCONFIGURED,
                    new IllegalArgumentException(reason));
        }
        others.add(name, reason);
        return bean;
    }

    private HikariDataSource inPlaceOf(String name, HikariDataSource pool, PostgresBuilder plan, String dependency) {
        Settings settings = beans.getBean(Settings.class);
        plan.dependency(described -> described.with(DependencySettings.from(settings)));
        Postgres postgres = build(plan, dependency.equals(PostgresSettings.DEPENDENCY));
        try {
            settings.orThrow();
            supervise(name, pool, postgres);
            if (pool.isRunning()) {
                pool.close();
            }
            return postgres.dataSource();
        } catch (InvalidSettingsException mistakes) {
            postgres.close();
            throw StartFailedException.of(mistakes);
        }
    }

    /** Supervises a database from now on; {@code destroyed} is what Spring destroys at its end. */
    private void supervise(String name, Object destroyed, Postgres postgres) {
        Optional<Initializations> initializations = Optional.ofNullable(built.remove(postgres));
        Supervision supervision = beans.getBean(Supervision.class);
        try {
            supervision.add(postgres.dependency());
            if (initializations.isPresent()) {
                new StartWait(beans.getBean(Settings.class)).await(postgres);
            }
        } catch (RuntimeException failed) {
            supervision.remove(postgres.dependency());
            postgres.close();
            throw failed;
        }
        SupervisedDatabase database = new SupervisedDatabase(name, postgres, initializations);
        databases.add(database);
        made.put(destroyed, database);
        beans.registerDependentBean(Supervision.BEAN, name);
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return (bean instanceof HikariDataSource || bean instanceof Postgres) && made.containsKey(bean);
    }

    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
        SupervisedDatabase database = requiresDestruction(bean) ? made.remove(bean) : null;
        if (database == null) {
            return;
        }
        if (beans.getSingleton(Supervision.BEAN) instanceof Supervision supervision) {
            supervision.remove(database.postgres().dependency());
        }
        databases.remove(database);
        // Of a bean of type Postgres Spring calls its own destroy method.
        if (bean != database.postgres()) {
            database.postgres().close();
        }
    }
}
