package dev.mooring.registry.differential;

import java.util.List;

/** Filters and orders of searches, as clients write them and as they get them wrong. */
final class RandomFilter {
    private static final List<String> TEXT_OPERATORS = List.of("=", "!=", "LIKE", "ILIKE");
    private static final List<String> NUMBER_OPERATORS = List.of("=", "!=", "<", "<=", ">", ">=");
    private static final List<String> ODD_OPERATORS =
            List.of("==", "<>", "like", "ilike", "NOT LIKE", "IS", "IS NOT", "IN", "NOT IN", "in", "~", "", "<", ">");
    private static final List<String> PATTERNS =
            List.of("%", "a%", "%b", "_", "A", "model%", "%ä", "\\%", "100\\%", "");
    private static final List<String> ODD_CLAUSES = List.of(
            "tags.k IS NULL",
            "tags.k IS NOT NULL",
            "name",
            "= 'a'",
            "name = a",
            "name = 'a",
            "name = 1",
            "color = 'red'",
            "attributes.name = 'a'",
            "attribute.name = 'a'",
            "run.name = 'a'",
            "name = 'a' OR name = 'b'",
            "(name = 'a')",
            "NOT name = 'a'",
            "name = 'a' AND",
            "AND name = 'a'",
            "name = 'a' and name != 'b'",
            "name='a'",
            "  name  =  'a'  ",
            "tag = 'x'",
            "tags. = 'x'",
            "tag.`k` = 'x'",
            "tag.\"k\" = 'x'",
            "tags.`a.b` = 'x'",
            "tags.a.b = 'x'",
            "Name = 'a'",
            "`name` = 'a'",
            "\"name\" = 'a'",
            "name IN ()",
            "name IN ('a')",
            "name IN ('a', 'b')",
            "name NOT IN ('a')",
            "name IN 'a'",
            "name IN ('a', 1)",
            "version_number IN (1, 2)",
            "version_number = '1'",
            "version_number = 1.5",
            "version_number = x",
            "run_id IN ('0123')",
            "run_id = '0123'",
            "source_path = 's3://bucket/path'",
            "source_path LIKE 's3%'",
            "source_path IN ('x')",
            "creation_timestamp > 0",
            "current_stage = 'None'",
            "tags.`mlflow.prompt.is_prompt` = 'true'",
            "tags.`mlflow.prompt.is_prompt` != 'true'",
            "tag.`mlflow.prompt.is_prompt` != 'true'",
            "name = 'a' AND name = 'b'",
            "name = 'a'; name = 'b'",
            "name = 'a' -- b",
            "''",
            " ");
    private static final List<String> MODEL_ORDERS = List.of("name", "timestamp", "last_updated_timestamp");
    private static final List<String> VERSION_ORDERS =
            List.of("name", "version_number", "creation_timestamp", "last_updated_timestamp");
    private static final List<String> ODD_ORDERS = List.of(
            "color",
            "",
            " ",
            "name name",
            "name ASC DESC",
            "name ASC, timestamp",
            "name desc ",
            " name",
            "NAME",
            "`name`",
            "attribute.name",
            "version",
            "creation_time",
            "name;",
            "tags.k",
            "timestamp",
            "creation_timestamp");
    private static final List<String> DIRECTIONS = List.of("", "", " ASC", " DESC", " asc", " Desc", "  DESC", " UP");

    private final Draw draw;
    private final boolean versions;

    /** Filters of a search for versions, or else for models. */
    RandomFilter(Draw draw, boolean versions) {
        this.draw = draw;
        this.versions = versions;
    }

    String filter() {
        StringBuilder filter = new StringBuilder(clause());
        while (draw.chance(30)) {
            filter.append(draw.chance(90) ? " AND " : " and ").append(clause());
        }
        return filter.toString();
    }

    String order() {
        List<String> fields = versions ? VERSION_ORDERS : MODEL_ORDERS;
        return draw.of(fields, ODD_ORDERS, 10) + draw.of(DIRECTIONS);
    }

    private String clause() {
        if (draw.chance(25)) {
            return draw.of(ODD_CLAUSES);
        }
        String operator = draw.of(TEXT_OPERATORS, ODD_OPERATORS, 10);
        return switch (draw.below(versions ? 5 : 2)) {
            case 0 -> "name " + operator + " " + value(operator, Words.NAMES);
            case 1 -> tagPrefix() + key() + " " + operator + " " + value(operator, Words.VALUES);
            case 2 -> "version_number " + draw.of(NUMBER_OPERATORS, ODD_OPERATORS, 10) + " " + draw.of(Words.VERSIONS);
            case 3 -> "run_id " + operator + " " + value(operator, Words.RUNS);
            default -> "source_path " + operator + " " + value(operator, Words.SOURCES);
        };
    }

    private String tagPrefix() {
        return draw.of(List.of("tag.", "tags."), List.of("Tag.", "tagz.", "tags"), 5);
    }

    private String key() {
        String key = draw.of(Words.KEYS, Words.ODD_KEYS, 15);
        return switch (draw.below(4)) {
            case 0 -> "`" + key + "`";
            case 1 -> "\"" + key + "\"";
            default -> key;
        };
    }

    private String value(String operator, List<String> words) {
        String text = operator.toUpperCase(java.util.Locale.ROOT).endsWith("LIKE") ? draw.of(PATTERNS) : draw.of(words);
        return draw.chance(80) ? "'" + text + "'" : "\"" + text + "\"";
    }
}
