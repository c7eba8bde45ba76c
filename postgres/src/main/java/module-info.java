/** Supervised PostgreSQL. */
module dev.mooring.postgres {
    requires transitive dev.mooring.core;
    requires transitive dev.mooring.settings;
    requires transitive java.sql;
    requires transitive com.zaxxer.hikari;
    requires static flyway.core;
    requires jdk.net;
    requires org.postgresql.jdbc;
    requires org.slf4j;
    requires static org.checkerframework.checker.qual;
    requires static org.jspecify;

    exports dev.mooring.postgres;
    exports dev.mooring.postgres.control;
    exports dev.mooring.postgres.id;
    exports dev.mooring.postgres.settings;
    // The driver creates our socket factory by its class name.
    exports dev.mooring.postgres.connect to
            org.postgresql.jdbc;
}
