package dev.mooring.registry.local;

import java.util.Map;

/** Prompts are models and versions with a tag of their own. */
final class Prompts {
    /** The key of the tag. */
    static final String TAG = "mlflow.prompt.is_prompt";

    private Prompts() {}

    /** Whether a model or version with these tags is a prompt. */
    static boolean is(Map<String, String> tags) {
        return tags.getOrDefault(TAG, "").equalsIgnoreCase("true");
    }
}
