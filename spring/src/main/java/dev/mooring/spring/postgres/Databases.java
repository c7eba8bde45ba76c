package dev.mooring.spring.postgres;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.postgres.Postgres;
import dev.mooring.spring.pool.ConnectionPool;
import dev.mooring.spring.pool.ConnectionPools;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** The databases of the application that Mooring supervises. Thread-safe. */
public final class Databases implements ConnectionPools {
    private final List<SupervisedDatabase> supervised = new CopyOnWriteArrayList<>();

    void add(SupervisedDatabase database) {
        supervised.add(database);
    }

    void remove(SupervisedDatabase database) {
        supervised.remove(database);
    }

    List<SupervisedDatabase> supervised() {
        return supervised;
    }

    List<Postgres> postgres() {
        return supervised.stream().map(SupervisedDatabase::postgres).toList();
    }

    @Override
    public List<ConnectionPool> pools() {
        return supervised.stream()
                .map(one -> (ConnectionPool) new DatabasePool(one.postgres()))
                .toList();
    }

    boolean holds(String bean) {
        return supervised.stream().anyMatch(one -> one.bean().equals(bean));
    }

    /** The database behind a data source or a wrapper of one, where it is supervised. */
    Optional<SupervisedDatabase> of(DataSource source) {
        HikariDataSource pool = DataSourceUnwrapper.unwrap(source, HikariConfigMXBean.class, HikariDataSource.class);
        return supervised.stream()
                .filter(one -> one.postgres().dataSource().equals(pool))
                .findFirst();
    }

    /** Whether a data source leads to supervised databases only. */
    boolean cover(DataSource source) {
        if (source instanceof AbstractRoutingDataSource routes) {
            return routes.getResolvedDataSources().values().stream().allMatch(this::cover);
        }
        return of(source).isPresent();
    }

    /** The name of the dependency behind a data source or a wrapper of one, where it is supervised. */
    public Optional<String> dependencyOf(DataSource source) {
        return of(source).map(SupervisedDatabase::name);
    }
}
