package dev.mooring.benchmarks.outbox;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One-time tasks of db-scheduler, with the polling that its documentation recommends for PostgreSQL and many tasks. It has no order per key
 * and does less: it deletes a task when it is done.
 */
record DbSchedulerQueue(int threads, double lower, double upper) implements Queue {
    static final String TABLES = """
            create table scheduled_tasks (
              task_name text not null, task_instance text not null, task_data bytea, execution_time timestamptz,
              picked boolean not null, picked_by text, last_success timestamptz, last_failure timestamptz,
              consecutive_failures int, last_heartbeat timestamptz, version bigint not null, priority smallint, state text,
              primary key (task_name, task_instance));
            create index execution_time_idx on scheduled_tasks (execution_time);
            create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)""";

    @Override
    public String name() {
        return "db-scheduler, " + threads + " threads";
    }

    @Override
    public Adding adding(Connection connection) {
        OneTimeTask<String> task = task(done -> {});
        SchedulerClient client = SchedulerClient.Builder.create(new SingleConnectionDataSource(connection, true), task)
                .build();
        return (id, key, payload) ->
                client.scheduleIfNotExists(task.instance(id.toString(), key + " " + payload), Instant.now());
    }

    @Override
    public AutoCloseable begin(DataSource database, Consumer<Integer> done) {
        Scheduler scheduler = Scheduler.create(database, task(done))
                .threads(threads)
                .pollUsingLockAndFetch(lower, upper)
                .pollingInterval(Duration.ofMillis(100))
                .build();
        scheduler.start();
        return scheduler::stop;
    }

    private static OneTimeTask<String> task(Consumer<Integer> done) {
        return Tasks.oneTime("deliver", String.class).execute((instance, context) -> done.accept(1));
    }
}
