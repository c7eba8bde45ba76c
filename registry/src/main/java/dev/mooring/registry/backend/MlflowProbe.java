package dev.mooring.registry.backend;

import dev.mooring.failure.FailureKind;
import dev.mooring.http.HttpProbe;
import dev.mooring.http.HttpReply;
import dev.mooring.http.UnexpectedReplyException;
import dev.mooring.probe.Finding;
import tools.jackson.databind.JsonNode;

/** How to find out whether an MLflow server works. */
public final class MlflowProbe {
    /** Needs MLflow's database, unlike its health page, which is always 200. */
    private static final String ASKED = "/api/2.0/mlflow/registered-models/search?max_results=1";

    private MlflowProbe() {}

    /** Asks for one model of the registry. */
    public static HttpProbe ofTheRegistry() {
        return HttpProbe.get(ASKED).expecting(MlflowProbe::check);
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
