package dev.mooring.registry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of {@code GET /metrics} in Prometheus' text form, parsed strictly. */
final class Exposition {
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE = Pattern.compile(
            "(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?<labels>.*)})? (?<value>[-+0-9.eE]+|NaN|[-+]Inf)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
    private static final Pattern PART = Pattern.compile("_(bucket|sum|count|max)$");

    /** One family of samples. */
    record Family(String type, Set<String> labels) {}

    private final Map<String, Family> families = new TreeMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();

    Exposition(String text) {
        text.lines().forEach(this::read);
    }

    private void read(String line) {
        Matcher type = TYPE.matcher(line);
        if (type.matches()) {
            assertThat(families.put(type.group(1), new Family(type.group(2), new TreeSet<>())))
                    .as("appears twice: %s", line)
                    .isNull();
        } else if (!line.startsWith("# HELP ")) {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as("a sample: %s", line).isTrue();
            Map<String, String> labels = labels(sample.group("labels"));
            familyOf(sample.group("name")).labels().addAll(labels.keySet());
            assertThat(samples.put(key(sample.group("name"), labels), Double.valueOf(sample.group("value"))))
                    .as("appears twice: %s", line)
                    .isNull();
        }
    }

    private Family familyOf(String name) {
        Family own = families.get(name);
        Family family = own == null ? families.get(PART.matcher(name).replaceFirst("")) : own;
        assertThat(family).as("the TYPE line of %s", name).isNotNull();
        return family;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(hit -> labels.put(hit.group(1), hit.group(2)));
            assertThat(LABEL.matcher(text).replaceAll(""))
                    .as("labels of %s", text)
                    .isEmpty();
        }
        return labels;
    }

    private static String key(String name, Map<String, String> labels) {
        return name + new TreeMap<>(labels);
    }

    Map<String, Family> families() {
        return families;
    }

    /** The sample with exactly these labels, given as name and value in turn. */
    double value(String name, String... labels) {
        TreeMap<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        Double value = samples.get(key(name, wanted));
        assertThat(value).as("%s%s", name, wanted).isNotNull();
        return value;
    }

    /** The sum of all samples of that name that have this label. */
    double sum(String name, String label, String value) {
        return samples.entrySet().stream()
                .filter(one -> one.getKey().startsWith(name + "{")
                        && one.getKey().matches(".*[{ ]" + label + "=" + Pattern.quote(value) + "[,}].*"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
