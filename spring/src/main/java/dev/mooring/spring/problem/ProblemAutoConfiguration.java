package dev.mooring.spring.problem;

import dev.mooring.spring.guarded.FailedCalls;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Answers requests that fail because a dependency failed or refused a call. Without more, with 503 on Boot's own error path; with
 * {@code mooring.problem.enabled=true} as problems; with {@code mooring.problem.all=true} besides, all errors of all layers are problems.
 */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, ErrorController.class})
public final class ProblemAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    RefusedCalls refusedCalls(
            Environment environment,
            ObjectProvider<ProblemReader> ofTheApplication,
            ObjectProvider<FailedCalls> guarded) {
        boolean asProblems = environment.getProperty("mooring.problem.enabled", Boolean.class, false);
        Stream<ProblemReader> ours = Stream.of(new Refusals(), guardedFailures(guarded), new ConnectionFailures());
        List<ProblemReader> all = asProblems
                ? Stream.concat(Stream.concat(ofTheApplication.orderedStream(), ours), Stream.of(new ClientMistakes()))
                        .toList()
                : ours.toList();
        return new RefusedCalls(ProblemReader.firstOf(all), asProblems);
    }

    private static ProblemReader guardedFailures(ObjectProvider<FailedCalls> guarded) {
        FailedCalls failed = guarded.getIfAvailable();
        return failed == null ? error -> Optional.empty() : new GuardedFailures(failed);
    }

    /** Lets every layer that writes a problem find the form of its path. Needs no database, because the web server starts before it. */
    @Bean
    ServletContextInitializer errorForms(
            ObjectProvider<ErrorForm> ofTheApplication, ObjectProvider<ProblemTypes> types) {
        return application -> new ErrorForms(
                        ofTheApplication.orderedStream().toList(), types.getIfAvailable(() -> code -> Optional.empty()))
                .putInto(application);
    }

    /** All errors are problems. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty({"mooring.problem.enabled", "mooring.problem.all"})
    static class AllErrors {
        @Bean
        @ConditionalOnMissingBean
        ProblemMapping problemMapping(
                ObjectProvider<ProblemReader> ofTheApplication, ObjectProvider<FailedCalls> guarded) {
            Stream<ProblemReader> ours = Stream.of(
                    new Refusals(),
                    guardedFailures(guarded),
                    new ClientMistakes(),
                    new DatabaseFailures(),
                    new WebProblems());
            return new ProblemMapping(ProblemReader.firstOf(
                    Stream.concat(ofTheApplication.orderedStream(), ours).toList()));
        }

        @Bean
        @ConditionalOnMissingBean
        ProblemAdvice problemAdvice(ProblemMapping mapping) {
            return new ProblemAdvice(mapping);
        }

        @Bean
        @ConditionalOnMissingBean(ErrorController.class)
        ProblemErrorController problemErrorController(ProblemMapping mapping) {
            return new ProblemErrorController(mapping);
        }
    }

    /** What Tomcat refuses before it reaches the application is a problem too. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Tomcat.class, ConfigurableTomcatWebServerFactory.class})
    @ConditionalOnBooleanProperty({"mooring.problem.enabled", "mooring.problem.all"})
    static class OnTomcat {
        @Bean
        WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> problemReportValve() {
            return factory -> factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemReportValve.class.getName());
                }
            });
        }
    }
}
