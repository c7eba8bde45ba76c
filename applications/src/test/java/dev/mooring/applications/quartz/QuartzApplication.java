package dev.mooring.applications.quartz;

import dev.mooring.applications.things.JdbcThings;
import dev.mooring.applications.things.ThingsPage;
import java.util.concurrent.atomic.AtomicInteger;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({JdbcThings.class, ThingsPage.class, QuartzApplication.RunsPage.class})
public class QuartzApplication {
    @Bean
    JobDetail beat() {
        return JobBuilder.newJob(Beat.class).withIdentity("beat").storeDurably().build();
    }

    @Bean
    Trigger everyQuarterSecond(JobDetail beat) {
        return TriggerBuilder.newTrigger()
                .forJob(beat)
                .withIdentity("beat")
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(250)
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
    }

    /** Counts the runs of the job. */
    @RestController
    static final class RunsPage {
        private final AtomicInteger runs = new AtomicInteger();

        @GetMapping("/runs")
        int runs() {
            return runs.get();
        }
    }

    static final class Beat implements Job {
        private final RunsPage page;

        Beat(RunsPage page) {
            this.page = page;
        }

        @Override
        public void execute(JobExecutionContext context) {
            page.runs.incrementAndGet();
        }
    }
}
