package dev.mooring.spring.problem;

import java.util.List;
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
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;

/** Answers errors from all layers as problems. Off with {@code mooring.problem.enabled=false}. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, ErrorController.class})
@ConditionalOnBooleanProperty(name = "mooring.problem.enabled", matchIfMissing = true)
public final class ProblemAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    ProblemMapping problemMapping(ObjectProvider<ProblemReader> ofTheApplication) {
        Stream<ProblemReader> ours = Stream.of(new Refusals(), new DatabaseFailures(), new WebProblems());
        List<ProblemReader> all =
                Stream.concat(ofTheApplication.orderedStream(), ours).toList();
        return new ProblemMapping(all);
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

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Tomcat.class, ConfigurableTomcatWebServerFactory.class})
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
