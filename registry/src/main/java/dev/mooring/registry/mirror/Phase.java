package dev.mooring.registry.mirror;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The part of a comparison that is due, in this order. Versions come first, because the aliases of a model refer to them. */
enum Phase {
    /** All versions but those of prompts. */
    VERSIONS,
    /** The versions that have the tag of prompts. */
    PROMPT_VERSIONS,
    /** All models but prompts. */
    MODELS,
    /** The prompts. */
    PROMPTS,
    /** Each model of which the lists did not say all, by itself. */
    REST;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Phase> of(String code) {
        return Stream.of(values()).filter(phase -> phase.code().equals(code)).findFirst();
    }

    /** The next one; {@link #REST} is the last. */
    Phase next() {
        return switch (this) {
            case VERSIONS -> PROMPT_VERSIONS;
            case PROMPT_VERSIONS -> MODELS;
            case MODELS -> PROMPTS;
            case PROMPTS, REST -> REST;
        };
    }
}
