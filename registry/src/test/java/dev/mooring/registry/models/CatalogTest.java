package dev.mooring.registry.models;

import static dev.mooring.registry.models.RegistryKit.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mooring.registry.store.Alias;
import dev.mooring.registry.store.ModelTable;
import dev.mooring.registry.store.NewModel;
import dev.mooring.registry.store.Origin;
import dev.mooring.spring.body.Mistakes;
import dev.mooring.spring.page.Page;
import dev.mooring.spring.page.PageRequest;
import dev.mooring.spring.page.PagedList;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CatalogTest {
    private RegistryKit kit;

    @BeforeEach
    void start() {
        kit = RegistryKit.create(2);
    }

    @AfterEach
    void stop() {
        kit.close();
    }

    @Test
    void models_pageByPage_areAllThereOnceInOrder() {
        List<String> names = List.of("A", "B b", "a", "a-1", "b", "é", "שלום", "模型", "🚢");
        names.forEach(this::register);

        List<String> read = new ArrayList<>();
        Page<Model> page = kit.catalog.models("", first(2));
        read.addAll(names(page));
        while (page.nextToken() != null) {
            page = kit.catalog.models("", next(Paged.MODELS, 2, page));
            read.addAll(names(page));
        }

        assertThat(read).isEqualTo(names);
    }

    @Test
    void models_withPrefix_areThoseOnly() {
        List.of("churn", "churn_eu", "churn%", "chur", "churo").forEach(this::register);
        // A registration may not have this name, but a model that was made before may.
        new ModelTable(kit.sql)
                .create(Origin.LOCAL, new NewModel("churn\uDBFF\uDFFF\uDBFF\uDFFF", null, new TreeMap<>()), "alice");

        assertThat(names(kit.catalog.models("churn", first(10))))
                .containsExactly("churn", "churn%", "churn_eu", "churn\uDBFF\uDFFF\uDBFF\uDFFF");
        assertThat(names(kit.catalog.models("churn%", first(10)))).containsExactly("churn%");
        assertThat(kit.catalog.models("nothing", first(10)).items()).isEmpty();
    }

    @Test
    void model_addedDuringPaging_movesNoOther() {
        List.of("a", "c", "e").forEach(this::register);
        Page<Model> page = kit.catalog.models("", first(2));

        register("b");

        assertThat(names(kit.catalog.models("", next(Paged.MODELS, 2, page)))).containsExactly("e");
    }

    @Test
    void versions_pageByPage_comeNewestFirst() {
        IntStream.range(0, 5).forEach(i -> register("churn"));

        Page<ModelVersion> page = kit.catalog.versions("churn", first(3)).orElseThrow();
        assertThat(page.items()).extracting(ModelVersion::version).containsExactly("5", "4", "3");

        Page<ModelVersion> rest =
                kit.catalog.versions("churn", next(Paged.VERSIONS, 3, page)).orElseThrow();
        assertThat(rest.items()).extracting(ModelVersion::version).containsExactly("2", "1");
        assertThat(rest.nextToken()).isNull();
    }

    @Test
    void versions_thatAreLarge_comeInPagesOfAMegabyte_andNoneIsLeftOut() {
        String text = "\u00e9".repeat(100_000);
        IntStream.range(0, 25).forEach(i -> register("big"));
        kit.sql
                .sql("update mooring.model_version set tags = jsonb_build_object('t', :text)")
                .param("text", text)
                .update();

        List<String> read = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Page<ModelVersion> page = kit.catalog.versions("big", first(100)).orElseThrow();
        while (true) {
            read.addAll(page.items().stream().map(ModelVersion::version).toList());
            sizes.add(page.items().size());
            if (page.nextToken() == null) {
                break;
            }
            page = kit.catalog.versions("big", next(Paged.VERSIONS, 100, page)).orElseThrow();
        }

        assertThat(sizes).containsExactly(5, 5, 5, 5, 5);
        assertThat(read)
                .isEqualTo(IntStream.rangeClosed(1, 25)
                        .mapToObj(i -> Integer.toString(26 - i))
                        .toList());
    }

    @Test
    void version_thatIsLargerThanAPage_isAPageOfItsOwn() {
        IntStream.range(0, 3).forEach(i -> register("big"));
        kit.sql
                .sql("update mooring.model_version set tags = jsonb_build_object('t', :text) where version = 2")
                .param("text", "x".repeat(3_000_000))
                .update();

        Page<ModelVersion> page = kit.catalog.versions("big", first(100)).orElseThrow();
        assertThat(page.items()).extracting(ModelVersion::version).containsExactly("3", "2");
        Page<ModelVersion> rest =
                kit.catalog.versions("big", next(Paged.VERSIONS, 100, page)).orElseThrow();
        assertThat(rest.items()).extracting(ModelVersion::version).containsExactly("1");
        assertThat(rest.nextToken()).isNull();
    }

    @Test
    void models_withManyAliases_comeInPagesOfAMegabyte_andNoneIsLeftOut() {
        List<String> names = List.of("a", "b", "c", "d", "e");
        names.forEach(this::register);
        kit.sql.sql("""
                        insert into mooring.model_alias (origin, model, alias, version)
                        select '', m.name, repeat('x', 240) || i, 1 from mooring.model m, generate_series(1, 2000) as i""").update();

        Page<Model> page = kit.catalog.models("", first(100));
        List<String> read = new ArrayList<>(names(page));
        assertThat(read).containsExactly("a", "b");
        while (page.nextToken() != null) {
            page = kit.catalog.models("", next(Paged.MODELS, 100, page));
            read.addAll(names(page));
        }
        assertThat(read).isEqualTo(names);
    }

    @Test
    void aliasesAtATime_followModelsThatWereRenamedOrMadeAgain() {
        Alias champion = new Alias("champion");
        register("old");
        kit.registry.setAlias("old", champion, 1, "alice");
        Instant first = lastEvent();
        new ModelTable(kit.sql).rename(Origin.LOCAL, "old", "new", "alice");
        Instant renamed = lastEvent();
        register("old");
        register("old");
        kit.registry.setAlias("old", champion, 2, "alice");
        Instant madeAgain = lastEvent();

        assertThat(aliasesAt("old", first)).containsExactly(Map.entry("champion", "1"));
        assertThat(aliasesAt("new", first)).containsExactly(Map.entry("champion", "1"));
        assertThat(aliasesAt("old", renamed)).containsExactly(Map.entry("champion", "1"));
        assertThat(aliasesAt("old", madeAgain)).containsExactly(Map.entry("champion", "2"));
        assertThat(aliasesAt("new", madeAgain)).containsExactly(Map.entry("champion", "1"));
        assertThat(aliasesAt("old", first.minusSeconds(60))).isEmpty();
    }

    private Map<String, String> aliasesAt(String name, Instant at) {
        return kit.catalog.history(name, at, first(10)).orElseThrow().aliases();
    }

    private Instant lastEvent() {
        return kit.sql
                .sql("select max(at) from mooring.model_event")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    @Test
    void unknownModel_hasNothing() {
        assertThat(kit.catalog.model("nobody")).isEmpty();
        assertThat(kit.catalog.versions("nobody", first(3))).isEmpty();
        assertThat(kit.catalog.version("nobody", 1)).isEmpty();
        assertThat(kit.catalog.history("nobody", first(3))).isEmpty();
        assertThat(kit.catalog.history("nobody", Instant.EPOCH, first(3))).isEmpty();
    }

    @Test
    void alias_movedAndRemoved_isSeenAndRemembered() {
        register("churn");
        register("churn");
        Alias champion = new Alias("champion");

        assertThat(kit.registry.setAlias("churn", champion, 1, "bob")).isTrue();
        assertThat(kit.registry.setAlias("churn", champion, 2, "carol")).isTrue();
        assertThat(kit.registry.setAlias("churn", champion, 2, "carol")).isTrue();
        assertThat(kit.registry.setAlias("churn", champion, 3, "carol")).isFalse();
        assertThat(kit.catalog.model("churn").orElseThrow().aliases()).containsExactly(Map.entry("champion", "2"));
        assertThat(kit.catalog.version("churn", 2).orElseThrow().aliases()).containsExactly("champion");
        assertThat(kit.catalog.version("churn", 1).orElseThrow().aliases()).isEmpty();
        assertThat(kit.registry.removeAlias("churn", champion, "dave")).isTrue();
        assertThat(kit.registry.removeAlias("churn", champion, "dave")).isFalse();

        assertThat(kit.catalog.model("churn").orElseThrow().aliases()).isEmpty();
        List<HistoryEntry> history =
                kit.catalog.history("churn", first(10)).orElseThrow().items();
        assertThat(history)
                .extracting(e -> e.action() + " " + e.version() + " by " + e.actor())
                .containsExactly(
                        "alias_removed 2 by dave",
                        "promoted 2 by carol",
                        "promoted 1 by bob",
                        "registered 2 by alice",
                        "registered 1 by alice");
        assertThat(history).isSortedAccordingTo((a, b) -> b.at().compareTo(a.at()));
    }

    @Test
    void deletion_takesVersionsAndAliasesWithIt_andLeavesTheHistory() {
        register("gone");
        register("gone");
        Alias champion = new Alias("champion");
        kit.registry.setAlias("gone", champion, 2, "bob");
        assertThat(kit.registry.version("gone", champion).value())
                .hasValueSatisfying(v -> assertThat(v.version()).isEqualTo("2"));

        assertThat(kit.registry.deleteVersion("gone", 2, "carol")).isTrue();
        assertThat(kit.registry.deleteVersion("gone", 2, "carol")).isFalse();
        assertThat(kit.registry.version("gone", champion).value()).isEmpty();
        assertThat(kit.catalog.model("gone").orElseThrow().latestVersion()).isEqualTo("1");
        register("gone");
        assertThat(kit.catalog.model("gone").orElseThrow().latestVersion()).isEqualTo("3");
        assertThat(kit.registry.deleteModel("gone", "dave")).isTrue();
        assertThat(kit.registry.deleteModel("gone", "dave")).isFalse();
        assertThat(kit.catalog.model("gone")).isEmpty();
        assertThat(kit.catalog.versions("gone", first(3))).isEmpty();

        register("gone");
        assertThat(kit.catalog.model("gone").orElseThrow().latestVersion()).isEqualTo("1");
        assertThat(kit.catalog.history("gone", first(20)).orElseThrow().items())
                .extracting(e -> e.action() + " " + e.version() + " by " + e.actor())
                .containsExactly(
                        "registered 1 by alice",
                        "deleted null by dave",
                        "registered 3 by alice",
                        "version_deleted 2 by carol",
                        "alias_removed 2 by carol",
                        "promoted 2 by bob",
                        "registered 2 by alice",
                        "registered 1 by alice");
    }

    @Test
    void databaseOfAnotherEncoding_keepsWhatItCanAndRefusesTheRest() {
        String latin1 = RegistryKit.migratedDatabase("LATIN1");
        try (RegistryKit other = RegistryKit.on(RegistryKit.server().jdbcUrl(latin1), 1)) {
            other.registry.register(wanted("é", null, "s"));

            assertThat(names(other.catalog.models("é", first(10)))).containsExactly("é");
            Throwable refused = catchThrowable(() -> other.registry.register(wanted("🚢", null, "s")));
            assertThat(new ModelFailures().read(refused))
                    .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(422));
        }
    }

    @Test
    void token_ofAnotherList_isRefused() {
        List.of("a", "b").forEach(this::register);
        Page<Model> page = kit.catalog.models("", first(1));
        Mistakes mistakes = new Mistakes();

        PageRequest.of(Paged.VERSIONS, "1", page.nextToken(), mistakes);

        assertThat(mistakes.fields()).containsExactly("page_token");
    }

    private void register(String name) {
        kit.registry.register(wanted(name, null, "s3://" + name));
    }

    private static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }

    private static PageRequest next(PagedList list, int limit, Page<?> page) {
        return PageRequest.of(list, String.valueOf(limit), page.nextToken(), new Mistakes());
    }

    private static List<String> names(Page<Model> page) {
        return page.items().stream().map(Model::name).toList();
    }
}
