package dev.mooring.applications.batch;

import dev.mooring.applications.things.JdbcThings;
import dev.mooring.applications.things.Things;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(JdbcThings.class)
public class BatchApplication {
    @Bean
    Job load(JobRepository repository, PlatformTransactionManager transactions, Things things) {
        return new JobBuilder("load", repository)
                .start(new StepBuilder("add", repository)
                        .tasklet(
                                (contribution, chunk) -> {
                                    things.add("batch");
                                    return RepeatStatus.FINISHED;
                                },
                                transactions)
                        .build())
                .build();
    }
}
