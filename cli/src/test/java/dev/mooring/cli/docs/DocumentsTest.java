package dev.mooring.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.registry.RegistrySettings;
import dev.mooring.settings.SettingGroup;
import dev.mooring.settings.SettingName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that the types, files, settings and threads that the pages name exist. */
class DocumentsTest {
    private static final Pattern TYPE =
            Pattern.compile("@?(?<type>[A-Z]\\w*[a-z]\\w*)(\\.(?<member>[A-Za-z]\\w*))?(\\(.*\\))?");
    private static final Pattern PLACE = Pattern.compile(
            "\\./\\S+|(core|settings|embedded|postgres|http|spring|applications|registry|cli|testing|benchmarks|release|docs|\\.ci)/\\S*");

    private static final Pattern SETTING = Pattern.compile(
            "\\b(?:DATABASE|POSTGRES|STARTUP|HEALTH|SHUTDOWN|REQUEST|MAX|MOORING|ADMIN|AUTH|BIND|LOG|SERVICE|CORS)(?:_[A-Z]+)+\\b");
    private static final Set<String> NO_SETTINGS = Set.of(
            "DATABASE_MISSING",
            "POSTGRES_PASSWORD",
            "MOORING_KEY",
            "MOORING_URL",
            "MAX_VALUE",
            "REQUEST_LIMIT_EXCEEDED");

    @Test
    void links_ofAllPages_leadSomewhere() {
        List<String> dead = new ArrayList<>();
        for (Page page : Repository.pages()) {
            for (String link : page.links()) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? page.file()
                        : Path.of("/")
                                .resolve(page.file())
                                .resolveSibling(parts[0])
                                .normalize();
                Path file = Path.of("/").relativize(Path.of("/").resolve(target));
                if (!Files.exists(Repository.ROOT.resolve(file))) {
                    dead.add(page + " → " + link);
                } else if (parts.length == 2
                        && !Repository.page(file.toString()).anchors().contains(parts[1])) {
                    dead.add(page + " → " + link + " (no such heading)");
                }
            }
        }
        assertThat(dead).as("links that lead nowhere").isEmpty();
    }

    @Test
    void types_thatTheExplanationNames_exist() {
        Map<String, List<Path>> sources = Repository.sources();
        List<String> missing = new ArrayList<>();
        for (Page page : Repository.pagesIn("docs/explanation")) {
            for (String span : page.codeSpans()) {
                Matcher name = TYPE.matcher(span);
                if (name.matches() && !exists(name, sources)) {
                    missing.add(page + ": " + span);
                }
            }
        }
        assertThat(missing).as("types and members that are not in the sources").isEmpty();
    }

    private static boolean exists(Matcher name, Map<String, List<Path>> sources) {
        List<Path> files = sources.getOrDefault(name.group("type"), List.of());
        String member = name.group("member");
        return files.stream()
                .anyMatch(file -> member == null
                        || Pattern.compile("\\b" + member + "\\b")
                                .matcher(Repository.read(file))
                                .find());
    }

    @Test
    void places_thatPagesName_exist() {
        List<String> missing = new ArrayList<>();
        for (Page page : Repository.pages()) {
            for (String span : page.codeSpans()) {
                String place = span.split(" ", 2)[0];
                if (PLACE.matcher(place).matches()
                        && !Files.exists(Repository.ROOT.resolve(place).normalize())) {
                    missing.add(page + ": " + span);
                }
            }
        }
        assertThat(missing).as("files and folders that do not exist").isEmpty();
    }

    /** The figures that the README compares with those of others are the last ones that were measured. */
    @Test
    void figures_ofTheReadme_standWithTheBenchmarks() {
        String measured =
                Repository.read(Repository.ROOT.resolve("benchmarks/README.md")).replace(",", "");
        Matcher paragraph = Pattern.compile("\\*\\*In figures[\\s\\S]*?\\n\\n")
                .matcher(Repository.page("README.md").text());
        assertThat(paragraph.find()).isTrue();
        Pattern.compile("\\b\\d[\\d.,]*\\d\\b")
                .matcher(paragraph.group().replaceAll("(?<=\\d),(?=\\d{3})", "").replace("resilience4j", ""))
                .results()
                .map(hit -> hit.group())
                .filter(figure -> !figure.equals("99"))
                .forEach(figure -> assertThat(measured).contains(figure));
    }

    @Test
    void settings_thatPagesName_areDefined() {
        Set<String> known = RegistrySettings.CATALOG.settings().stream()
                .flatMap(setting -> Stream.concat(Stream.of(setting.name()), setting.aliases().stream()))
                .map(SettingName::variable)
                .flatMap(name -> Stream.of(name, name + "_FILE"))
                .collect(Collectors.toCollection(TreeSet::new));
        for (SettingGroup group : RegistrySettings.CATALOG.groups()) {
            group.families().forEach(family -> known.add(family.member().name().variable()));
        }
        known.addAll(NO_SETTINGS);
        List<String> unknown = new ArrayList<>();
        for (Page page : Repository.pages()) {
            SETTING.matcher(page.text())
                    .results()
                    .map(hit -> hit.group())
                    .filter(name -> !known.contains(name) && !known.contains(name.replaceFirst("^MOORING_", "")))
                    .forEach(name -> unknown.add(page + ": " + name));
        }
        assertThat(unknown).as("names that are no settings").isEmpty();
    }

    @Test
    void threadsAndLocks_ofWhatIsShipped_standOnTheirPage() {
        String page = Repository.page("docs/explanation/threads.md").text();
        Pattern threadName = Pattern.compile("\"(mooring-[a-z-]*[a-z])-?\"");
        Pattern lock =
                Pattern.compile("\\bsynchronized\\b|\\bsynchronizedMap\\b|new ReentrantLock\\(|new Semaphore\\(");
        List<String> missing = new ArrayList<>();
        for (Path file : Repository.shippedSources()) {
            String source = Repository.read(file);
            if (source.contains("new Thread(") || source.contains("BackgroundLoop.") || source.contains("thread(\"")) {
                threadName
                        .matcher(source)
                        .results()
                        .map(hit -> hit.group(1))
                        .filter(name -> !page.contains("`" + name))
                        .forEach(name -> missing.add(file + ": thread " + name));
            }
            String type = file.getFileName().toString().replace(".java", "");
            if (lock.matcher(source).find() && !page.contains("`" + type + "`")) {
                missing.add(file + ": lock of " + type);
            }
        }
        assertThat(missing).as("not on docs/explanation/threads.md").isEmpty();
    }
}
