package dev.mooring.registry.models;

import dev.mooring.registry.mlflow.SourceRules;
import dev.mooring.registry.mlflow.TagKeyRules;
import dev.mooring.registry.store.ModelName;
import dev.mooring.spring.body.BodyReader;
import dev.mooring.spring.body.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of {@code POST /models/register}. It refuses what MLflow would refuse, because that could only be rejected later, and
 * keeps a page of versions small enough for memory to hold many of them.
 */
final class RegistrationReader {
    private static final Set<String> FIELDS =
            new LinkedHashSet<>(List.of("name", "source", "run_id", "description", "tags", "metrics"));
    /** The tag by which MLflow tells prompts from models. */
    private static final String PROMPT = "mlflow.prompt.is_prompt";

    /** The most characters of all tags, names and values together. */
    private static final int MOST_TAG_TEXT = 50_000;

    private RegistrationReader() {}

    /** The checked request. Ends the call with 400 if the body is not JSON, with 422 and each wrong field otherwise. */
    static RegistrationRequest read(byte @Nullable [] body) {
        BodyReader reader = BodyReader.of(body, FIELDS);
        String name = reader.required("name", ModelName.LONGEST);
        if (!name.isEmpty()) {
            reader.mistakes().addIf("name", ModelName.objectionTo(name));
        }
        String source = reader.required("source", RegistrationRequest.LONGEST_SOURCE);
        String runId = reader.optional("run_id", RegistrationRequest.LONGEST_RUN_ID);
        String description = reader.optional("description", RegistrationRequest.LONGEST_DESCRIPTION);
        SortedMap<String, String> tags = reader.texts("tags", RegistrationRequest.TAGS);
        if (!source.isEmpty()) {
            boolean prompt = "true".equalsIgnoreCase(tags.get(PROMPT));
            reader.mistakes()
                    .addIf(
                            "source",
                            prompt ? SourceRules.objectionToPrompts(source) : SourceRules.objectionTo(source, runId));
        }
        tags.keySet().forEach(key -> reader.mistakes().addIf("tags", TagKeyRules.objectionTo(key)));
        int tagText = tags.entrySet().stream()
                .mapToInt(tag -> Text.length(tag.getKey()) + Text.length(tag.getValue()))
                .sum();
        if (tagText > MOST_TAG_TEXT) {
            reader.mistakes()
                    .add("tags", "hold " + tagText + " characters in all; at most " + MOST_TAG_TEXT + " are accepted");
        }
        SortedMap<String, Double> metrics = reader.numbers("metrics", RegistrationRequest.METRICS);
        reader.mistakes().refuseIfAny();
        return new RegistrationRequest(new ModelName(name), source, runId, description, tags, metrics);
    }
}
