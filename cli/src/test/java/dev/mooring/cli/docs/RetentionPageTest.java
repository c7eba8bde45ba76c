package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionPageTest {
    private static final Pattern TABLE = Pattern.compile("create table mooring\\.(\\w+)");

    @Test
    void tables_ofAllMigrationsOfTheRegistry_areOnThePage() throws IOException {
        Set<String> tables = new TreeSet<>(Set.of("flyway_schema_history"));
        for (String module : List.of("registry", "messages", "operations")) {
            try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(module + "/src/main/resources/db"))) {
                for (Path script :
                        files.filter(file -> file.toString().endsWith(".sql")).toList()) {
                    TABLE.matcher(Files.readString(script)).results().forEach(hit -> tables.add(hit.group(1)));
                }
            }
        }

        assertThat(tables).hasSizeGreaterThan(20);
        assertThat(Repository.page("docs/how-to/retention.md").codeSpans()).containsAll(tables);
    }
}
