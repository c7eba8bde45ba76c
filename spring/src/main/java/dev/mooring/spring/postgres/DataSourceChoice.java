package dev.mooring.spring.postgres;

import dev.mooring.postgres.settings.PostgresSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.MethodMetadata;

/** Which data sources Mooring should supervise, by their bean definitions and by what the application says about them. */
final class DataSourceChoice {
    static final String PREFIX = "mooring.datasource";

    private static final String BOOT = "org.springframework.boot.jdbc.autoconfigure.";
    private static final String SCOPED = "scopedTarget.";
    private static final String SUPERVISED = "supervised";
    private static final int LONGEST_NAME = 40;

    private final ConfigurableListableBeanFactory beans;
    private final Map<String, Map<String, Boolean>> said;

    DataSourceChoice(ConfigurableListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        ResolvableType switches = ResolvableType.forClassWithGenerics(Map.class, String.class, Boolean.class);
        ResolvableType byBean =
                ResolvableType.forClassWithGenerics(Map.class, ResolvableType.forClass(String.class), switches);
        this.said = Binder.get(environment)
                .bind(PREFIX, Bindable.<Map<String, Map<String, Boolean>>>of(byBean))
                .orElseGet(Map::of);
    }

    /** The names of all beans that are data sources. */
    List<String> all() {
        return Stream.of(beans.getBeanNamesForType(DataSource.class, true, false))
                .filter(name -> !name.startsWith(SCOPED))
                .toList();
    }

    /** The names in {@code mooring.datasource.<bean>.supervised=true} that no data source has. */
    List<String> unknown() {
        List<String> known = all().stream().map(DataSourceChoice::letters).toList();
        return said.entrySet().stream()
                .filter(one -> Boolean.TRUE.equals(one.getValue().get(SUPERVISED)))
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(letters(name)))
                .toList();
    }

    /** Whether Mooring is to supervise it, unless it turns out that it cannot. */
    boolean isChosen(String bean) {
        return asked(bean).orElseGet(() -> isBoots(bean));
    }

    /** What the application says about this data source, by property or annotation. */
    Optional<Boolean> asked(String bean) {
        Optional<Boolean> property = said.entrySet().stream()
                .filter(one -> letters(one.getKey()).equals(letters(bean)))
                .flatMap(one -> Stream.ofNullable(one.getValue().get(SUPERVISED)))
                .findFirst();
        boolean annotated =
                beans.containsBeanDefinition(bean) && beans.findAnnotationOnBean(bean, Supervised.class, false) != null;
        return property.or(() -> annotated ? Optional.of(true) : Optional.empty());
    }

    /** Whether Boot makes it from {@code spring.datasource.*} or from connection details. */
    boolean isBoots(String bean) {
        return maker(bean).filter(type -> type.startsWith(BOOT)).isPresent();
    }

    private Optional<String> maker(String bean) {
        if (!beans.containsBeanDefinition(bean)) {
            return Optional.empty();
        }
        BeanDefinition definition = beans.getBeanDefinition(bean);
        MethodMetadata method =
                definition instanceof AnnotatedBeanDefinition known ? known.getFactoryMethodMetadata() : null;
        return Optional.ofNullable(method).map(MethodMetadata::getDeclaringClassName);
    }

    /** The name of the dependency. */
    String nameOf(String bean) {
        boolean isOnly = all().equals(List.of(bean));
        boolean isMain =
                isOnly || isBoots(bean) || beans.getBeanDefinition(bean).isPrimary();
        return isMain ? PostgresSettings.DEPENDENCY : dashed(bean);
    }

    static String dashed(String bean) {
        String words = bean.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+", "");
        return words.substring(0, Math.min(words.length(), LONGEST_NAME)).replaceAll("-$", "");
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
