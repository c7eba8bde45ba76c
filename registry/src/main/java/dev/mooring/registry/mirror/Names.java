package dev.mooring.registry.mirror;

/** Writes names of models in MLflow's filters. */
final class Names {
    private Names() {}

    /**
     * A filter that finds this model, and perhaps others with a similar name: a text in a filter cannot hold both kinds of quotes, and a pattern
     * has a mark for any character in their place.
     */
    static String filter(String name) {
        if (!name.contains("'")) {
            return "name = '" + name + "'";
        }
        return name.contains("\"")
                ? "name LIKE '" + name.replaceAll("['\"%_\\\\]", "_") + "'"
                : "name = \"" + name + "\"";
    }
}
