package dev.mooring.cli.supply;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where published weaknesses are read from. */
final class Weaknesses {
    private Weaknesses() {}

    /** The short list in the sources: one weakness a line, its four fields separated by tabs. */
    static List<Weakness> listed() throws IOException {
        try (InputStream in = Weaknesses.class.getResourceAsStream("weaknesses.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t"))
                    .map(field -> new Weakness(field[0], field[1], field[2], field[3].equals("-") ? null : field[3]))
                    .toList();
        }
    }

    /**
     * A database of OSV for Maven: a zip with one JSON document for each advisory (https://ossf.github.io/osv-schema/). Advisories that
     * were withdrawn do not count.
     */
    static List<Weakness> ofOsv(Path zip) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        List<Weakness> all = new ArrayList<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    ofAdvisory(json.readTree(in)).forEach(all::add);
                }
            }
        }
        return all;
    }

    private static Stream<Weakness> ofAdvisory(JsonNode advisory) {
        return advisory.has("withdrawn")
                ? Stream.empty()
                : advisory.path("affected")
                        .valueStream()
                        .filter(affected ->
                                affected.at("/package/ecosystem").asString("").equals("Maven"))
                        .flatMap(affected -> ofLibrary(
                                advisory.path("id").asString(),
                                affected.at("/package/name").asString(),
                                affected));
    }

    private static Stream<Weakness> ofLibrary(String id, String component, JsonNode affected) {
        return affected.path("ranges").valueStream().flatMap(range -> ofRange(id, component, range).stream());
    }

    /** The events of a range alternate: introduced, then fixed or last affected. */
    private static List<Weakness> ofRange(String id, String component, JsonNode range) {
        List<Weakness> all = new ArrayList<>();
        String introduced = null;
        for (JsonNode event : range.path("events")) {
            if (event.has("introduced")) {
                introduced = event.get("introduced").asString();
            } else if (introduced != null && event.has("fixed")) {
                all.add(new Weakness(
                        id, component, introduced, event.get("fixed").asString()));
                introduced = null;
            } else if (introduced != null && event.has("last_affected")) {
                // The next version by Maven's order, which no release has as its name.
                all.add(new Weakness(
                        id, component, introduced, event.get("last_affected").asString() + "-sp"));
                introduced = null;
            }
        }
        if (introduced != null) {
            all.add(new Weakness(id, component, introduced, null));
        }
        return all;
    }
}
