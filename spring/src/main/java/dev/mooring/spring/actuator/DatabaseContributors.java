package dev.mooring.spring.actuator;

import dev.mooring.Mooring;
import dev.mooring.spring.postgres.Databases;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** The indicators of data sources, in the form that Boot gives them: one alone, several by name, those behind a routing one by its keys. */
final class DatabaseContributors {
    private final Mooring mooring;
    private final Databases databases;
    private final DataSourcePoolMetadataProvider metadata;

    DatabaseContributors(Mooring mooring, Databases databases, DataSourcePoolMetadataProvider metadata) {
        this.mooring = mooring;
        this.databases = databases;
        this.metadata = metadata;
    }

    HealthContributor of(Map<String, DataSource> sources, boolean ignoresRouting) {
        Map<String, DataSource> all = new TreeMap<>(sources);
        if (ignoresRouting) {
            all.values().removeIf(source -> routing(source).isPresent());
        }
        return all.size() == 1 ? of(all.values().iterator().next()) : CompositeHealthContributor.fromMap(all, this::of);
    }

    private HealthContributor of(DataSource source) {
        return routing(source).map(this::ofRouting).orElseGet(() -> ofOne(source));
    }

    private HealthContributor ofRouting(AbstractRoutingDataSource routing) {
        Map<String, DataSource> targets = routing.getResolvedDataSources().entrySet().stream()
                .collect(Collectors.toMap(one -> Objects.toString(one.getKey(), "unnamed"), Map.Entry::getValue));
        return CompositeHealthContributor.fromMap(targets, this::of);
    }

    private HealthContributor ofOne(DataSource source) {
        return databases
                .dependencyOf(source)
                .<HealthContributor>map(name -> new DatabaseIndicator(mooring, name))
                .orElseGet(() -> new DataSourceHealthIndicator(source, validationQuery(source)));
    }

    private @Nullable String validationQuery(DataSource source) {
        DataSourcePoolMetadata pool = metadata.getDataSourcePoolMetadata(source);
        return pool == null ? null : pool.getValidationQuery();
    }

    private static Optional<AbstractRoutingDataSource> routing(DataSource source) {
        try {
            if (source instanceof AbstractRoutingDataSource routing) {
                return Optional.of(routing);
            }
            return source.isWrapperFor(AbstractRoutingDataSource.class)
                    ? Optional.of(source.unwrap(AbstractRoutingDataSource.class))
                    : Optional.empty();
        } catch (SQLException none) {
            return Optional.empty();
        }
    }
}
