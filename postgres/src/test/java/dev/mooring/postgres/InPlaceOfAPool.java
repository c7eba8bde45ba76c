package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.Mooring;

/** The code of docs/how-to/databases-in-code.md on a pool that exists. {@link GivenPoolTest} runs it. */
final class InPlaceOfAPool implements AutoCloseable {
    final Mooring mooring;
    final HikariDataSource dataSource;

    InPlaceOfAPool(HikariConfig pool) {
        // tag::given
        Postgres orders = Postgres.inPlaceOf("orders", pool).build(); // the HikariConfig as it is
        mooring = Mooring.supervise(orders.dependency());
        dataSource = orders.dataSource(); // in place of new HikariDataSource(pool)
        // end::given
    }

    @Override
    public void close() {
        mooring.close();
        dataSource.close();
    }
}
