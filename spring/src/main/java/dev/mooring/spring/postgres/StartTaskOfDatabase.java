package dev.mooring.spring.postgres;

import dev.mooring.postgres.DatabaseTask;

/**
 * Work on the auto-configured database that must be done before the breaker admits calls. An application adds it as a bean;
 * tasks run in the order of their beans.
 *
 * @param name its name in log lines and in the reasons for not being ready
 * @param task the work; must be safe to repeat
 */
public record StartTaskOfDatabase(String name, DatabaseTask task) {}
