package dev.mooring.registry.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.store.ModelEvent;
import dev.mooring.registry.store.ModelEvent.Promotion;
import dev.mooring.registry.store.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventPayloadTest {
    private static final UUID ID = UUID.fromString("01a1fd81-1e7f-76dc-bca7-949514e78567");

    @Test
    void registration_hasEveryMemberOfTheContract_andNoOther() {
        assertThat(read(event(Origin.LOCAL, new TreeMap<>(), new TreeMap<>(), Optional.empty())))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"registration_id":"01a1fd81-1e7f-76dc-bca7-949514e78567","name":"churn","version":"7",
                         "source":"s3://models/churn/7","run_id":null,"tags":{},"metrics":{},"registered_by":"alice"}"""));
    }

    @Test
    void promotion_saysToWhat_andWhatItReplaces() {
        JsonNode alias = read(promoted(new Promotion("champion", null, null, 6L)));
        JsonNode stage = read(promoted(new Promotion(null, "Production", "None", null)));

        assertThat(alias.path("alias").asString()).isEqualTo("champion");
        assertThat(alias.path("from_version").asString()).isEqualTo("6");
        assertThat(alias.has("stage") || alias.has("from_stage")).isFalse();
        assertThat(stage.path("stage").asString()).isEqualTo("Production");
        assertThat(stage.path("from_stage").asString()).isEqualTo("None");
        assertThat(stage.path("from_version").isNull()).isTrue();
        assertThat(stage.has("alias")).isFalse();
    }

    @Test
    void model_ofAWorkspace_namesIt() {
        JsonNode payload = read(event(Origin.workspace("blue"), new TreeMap<>(), new TreeMap<>(), Optional.empty()));

        assertThat(payload.path("workspace").asString()).isEqualTo("blue");
        assertThat(Origin.MLFLOW.workspaceName()).isEmpty();
    }

    @Test
    void largeTags_areLeftOut_andLargeMetricsToo() {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put("notes", "ü".repeat(EventPayload.MOST_BYTES / 2));
        SortedMap<String, Double> few = new TreeMap<>();
        few.put("auc", 0.5);
        SortedMap<String, Double> many = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            many.put("metric-" + i, i / 7.0);
        }

        JsonNode without = read(event(Origin.LOCAL, tags, few, Optional.empty()));
        JsonNode withoutBoth = read(event(Origin.LOCAL, tags, many, Optional.empty()));

        assertThat(without.path("tags").isEmpty()).isTrue();
        assertThat(without.path("metrics").path("auc").asDouble()).isEqualTo(0.5);
        assertThat(without.path("left_out").toString()).isEqualTo("[\"tags\"]");
        assertThat(withoutBoth.path("metrics").isEmpty()).isTrue();
        assertThat(withoutBoth.path("left_out").toString()).isEqualTo("[\"tags\",\"metrics\"]");
    }

    private static ModelEvent promoted(Promotion promotion) {
        return event(Origin.LOCAL, new TreeMap<>(), new TreeMap<>(), Optional.of(promotion));
    }

    private static ModelEvent event(
            Origin origin,
            SortedMap<String, String> tags,
            SortedMap<String, Double> metrics,
            Optional<Promotion> promotion) {
        return new ModelEvent(
                origin,
                UUID.randomUUID(),
                "churn",
                7,
                ID,
                "s3://models/churn/7",
                null,
                tags,
                metrics,
                "alice",
                promotion);
    }

    private static JsonNode read(ModelEvent event) {
        String payload = EventPayload.of(event);
        assertThat(payload.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(EventPayload.MOST_BYTES);
        return JsonMapper.shared().readTree(payload);
    }
}
