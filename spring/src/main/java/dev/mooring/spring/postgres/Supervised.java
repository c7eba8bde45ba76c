package dev.mooring.spring.postgres;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes Mooring supervise a data source that the application makes itself: on the bean method, or on the class of the bean. The bean must be
 * a {@code HikariDataSource} with a {@code jdbc:postgresql:} URL and a singleton; otherwise the start ends with the reason. The property
 * {@code mooring.datasource.<bean>.supervised} does the same without code, and wins where both are there.
 *
 * <p>The only and the primary data source is the dependency {@code database}. Any other has the name of its bean with dashes: {@code
 * ordersDataSource} is {@code orders-data-source}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Supervised {}
