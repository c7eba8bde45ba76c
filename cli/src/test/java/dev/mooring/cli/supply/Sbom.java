package dev.mooring.cli.supply;

import java.io.InputStream;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The list of components (CycloneDX) that the build puts into the runnable jar. */
final class Sbom {
    static final String RESOURCE = "/META-INF/sbom/mooring.cdx.json";

    private Sbom() {}

    static JsonNode read() throws Exception {
        try (InputStream in = Sbom.class.getResourceAsStream(RESOURCE)) {
            return JsonMapper.builder().build().readTree(in);
        }
    }

    static List<Component> components() throws Exception {
        return read().get("components")
                .valueStream()
                .map(one -> new Component(
                        one.get("group").asString() + ":" + one.get("name").asString(),
                        one.get("version").asString()))
                .toList();
    }
}
