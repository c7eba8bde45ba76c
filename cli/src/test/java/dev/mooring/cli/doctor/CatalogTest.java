package dev.mooring.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.cli.Golden;
import dev.mooring.cli.Run;
import dev.mooring.diagnosis.Check;
import dev.mooring.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checks are data: their codes are unique and stay, each has a cause to look at, and its runbook page exists. */
class CatalogTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> HEADINGS = List.of(
            "## Meaning",
            "## Impact",
            "## Diagnosis",
            "## Likely causes, in this order",
            "## What to do",
            "## How you know that it is over");

    @Test
    void codes_areUnique_andNoneOfTheFileIsGoneOrMeansSomethingElse() throws IOException {
        Set<String> codes = new HashSet<>();
        for (Check check : Catalog.all()) {
            assertThat(codes.add(check.code()))
                    .as("%s is used twice", check.code())
                    .isTrue();
            assertThat(check.causes()).as("causes of %s", check.code()).isNotEmpty();
            assertThat(check.holds()).as(check.code()).matches("[A-Z].*\\.");
        }
        // A code that no check has any more stays in the file, with "retired" in place of its layer.
        for (String line : Files.readAllLines(Path.of("src/test/resources/dev/mooring/cli/doctor/codes.tsv"))) {
            String[] code = line.split("\t", -1);
            if (!code[1].equals("retired")) {
                Check check = Catalog.find(code[0]).orElseThrow(() -> new AssertionError(code[0] + " is gone"));
                assertThat(check.layer().code() + "\t" + check.kind().code())
                        .as(code[0])
                        .isEqualTo(code[1] + "\t" + code[2]);
                codes.remove(code[0]);
            }
        }
        assertThat(codes).as("codes to add to codes.tsv").isEmpty();
    }

    @Test
    void runbooks_ofAllFailureKinds_existWithEachPart_andNoneIsLeftOver() throws IOException {
        Set<String> pages = new HashSet<>();
        for (FailureKind kind : FailureKind.values()) {
            Path page = ROOT.resolve("docs/runbooks").resolve(kind.code() + ".md");
            pages.add(page.getFileName().toString());
            assertThat(page).exists();
            assertThat(Files.readString(page))
                    .startsWith("# " + kind.code() + "\n")
                    .contains(HEADINGS);
        }
        for (Check check : Catalog.all()) {
            assertThat(ROOT.resolve(check.runbook())).as(check.code()).exists();
        }
        pages.add("README.md");
        try (Stream<Path> all = Files.list(ROOT.resolve("docs/runbooks"))) {
            assertThat(all.map(page -> page.getFileName().toString())).containsExactlyInAnyOrderElementsOf(pages);
        }
    }

    @Test
    void list_asTextAndJson_hasEveryCheck() {
        Run text = Run.with(Map.of(), "doctor", "list");
        Run json = Run.with(Map.of(), "doctor", "list", "-o", "json");

        Golden.output(text.out(), "doctor-list.txt");
        assertThat(text.exitCode()).isZero();
        assertThat(json.exitCode()).isZero();
        assertThat(json.out()).contains("\"schema_version\" : 1").contains("\"code\" : \"http-clock\"");
    }

    @Test
    void explain_ofACheck_tellsItsCauses() {
        Golden.output(Run.with(Map.of(), "doctor", "explain", "postgres-hba").out(), "doctor-explain.txt");
        assertThat(Run.with(Map.of(), "doctor", "explain", "postgres-hba", "-o", "json")
                        .out())
                .contains("\"runbook\" : \"docs/runbooks/host_not_allowed.md\"");
    }

    @Test
    void explain_ofAnUnknownCode_namesANearOne() {
        Run run = Run.with(Map.of(), "doctor", "explain", "hba");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("mooring: no check has the code \"hba\"; did you mean postgres-hba?\n");
        assertThat(Run.with(Map.of(), "doctor", "explain", "x-y-z").err()).contains("mooring doctor list prints all");
    }
}
