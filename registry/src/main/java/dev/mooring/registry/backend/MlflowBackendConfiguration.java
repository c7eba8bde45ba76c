package dev.mooring.registry.backend;

import dev.mooring.Dependency;
import dev.mooring.DependencyBuilder;
import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpBackend;
import dev.mooring.http.HttpProbe;
import dev.mooring.http.HttpReply;
import dev.mooring.http.UnexpectedReplyException;
import dev.mooring.http.settings.HttpSettings;
import dev.mooring.probe.Finding;
import dev.mooring.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

/** The MLflow server behind the service, as a supervised optional dependency. */
@Configuration(proxyBeanMethods = false)
@BehindMlflow
public class MlflowBackendConfiguration {
    /** Needs MLflow's database, unlike its health page, which is always 200. */
    private static final String ASKED = "/api/2.0/mlflow/registered-models/search?max_results=1";

    @Bean(destroyMethod = "close")
    HttpBackend mlflow(Settings settings) {
        return backend(MlflowSettings.BACKEND.read(settings).orElseThrow());
    }

    /** The bean by which supervision finds it. */
    @Bean
    Dependency mlflowDependency(HttpBackend mlflow) {
        return mlflow.dependency();
    }

    /** The supervised MLflow server that {@code settings} describe. */
    public static HttpBackend backend(HttpSettings settings) {
        return HttpBackend.with(settings)
                .probe(HttpProbe.get(ASKED).expecting(MlflowBackendConfiguration::check))
                .dependency(DependencyBuilder::optional)
                .build();
    }

    /** An empty object is the healthy answer of an empty registry. */
    private static void check(HttpReply reply) throws UnexpectedReplyException {
        MlflowReply answer = MlflowReply.of(reply);
        JsonNode content = answer.content().orElse(null);
        if (content == null) {
            throw unexpected(reply, answer.trouble());
        }
        boolean known = content.isEmpty() || content.has("registered_models") || content.has("next_page_token");
        if (!known) {
            throw unexpected(reply, Trouble.noMlflow("answers with other JSON than a list of models"));
        }
    }

    private static UnexpectedReplyException unexpected(HttpReply reply, Finding trouble) {
        FailureKind kind = trouble.kind();
        return new UnexpectedReplyException(reply, kind, trouble.message());
    }
}
