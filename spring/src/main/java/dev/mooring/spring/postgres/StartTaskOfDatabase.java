package dev.mooring.spring.postgres;

import dev.mooring.postgres.DatabaseTask;

/**
 * Work on the database before calls to it are admitted; a bean of this type is a start task of the auto-configured database. Tasks
 * run in the order of their beans.
 *
 * @param name what it is called in logs and in the reason for not being ready
 * @param task the work; must be safe to repeat
 */
public record StartTaskOfDatabase(String name, DatabaseTask task) {}
