package dev.mooring.spring.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.spring.body.Mistakes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static final PagedList NAMES = PagedList.byKey("n", text -> !text.contains("/"));
    private static final PagedList EVENTS = PagedList.newestFirst("e");

    private final Mistakes mistakes = new Mistakes();

    @Test
    void names_pageByPage_areAllReadOnceInOrder() {
        List<String> names = List.of("a", "b b", "é", "模型", "🚢");
        List<String> read = new ArrayList<>();
        String token = null;
        do {
            PageRequest request = PageRequest.of(NAMES, "2", token, mistakes);
            List<String> rows = names.stream()
                    .filter(name -> request.after() == null || name.compareTo(request.after()) > 0)
                    .limit(request.rows())
                    .toList();
            Page<String> page = Page.of(rows, request, NAMES, name -> name);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
            read.addAll(page.items());
            token = page.nextToken();
        } while (token != null);

        assertThat(read).isEqualTo(names);
        assertThat(mistakes.fields()).isEmpty();
    }

    @Test
    void events_pageByPage_comeNewestFirst() {
        Page<Long> first = events(PageRequest.of(EVENTS, "3", null, mistakes));
        Page<Long> rest = events(PageRequest.of(EVENTS, "3", first.nextToken(), mistakes));

        assertThat(first.items()).containsExactly(5L, 4L, 3L);
        assertThat(rest.items()).containsExactly(2L, 1L);
        assertThat(rest.nextToken()).isNull();
    }

    @Test
    void list_thatFitsThePageExactly_hasNoNextPage() {
        assertThat(events(PageRequest.of(EVENTS, "5", null, mistakes)).nextToken())
                .isNull();
    }

    @Test
    void page_endsWhenItsEntriesHaveTheSizeOfAPage_andHoldsOneEntryHoweverLargeItIs() {
        PageRequest request = PageRequest.of(EVENTS, "10", null, mistakes);
        long half = PageRequest.MOST_BYTES / 2;
        List<Long> rows = List.of(5L, 4L, 3L, 2L, 1L);

        assertThat(Page.of(rows, request, EVENTS, String::valueOf, row -> half).items())
                .containsExactly(5L, 4L);
        assertThat(Page.of(rows, request, EVENTS, String::valueOf, row -> 3 * half)
                        .items())
                .containsExactly(5L);
        assertThat(Page.of(List.of(5L), request, EVENTS, String::valueOf, row -> 3 * half)
                        .nextToken())
                .isNull();
        assertThat(Page.of(List.of(5L), true, request, EVENTS, String::valueOf, row -> 0)
                        .nextToken())
                .isNotNull();
    }

    @Test
    void request_withoutParameters_isTheFirst100Entries() {
        PageRequest request = PageRequest.of(EVENTS, null, null, mistakes);

        assertThat(request).isEqualTo(new PageRequest(100, null));
        assertThat(request.rows()).isEqualTo(101);
        assertThat(request.below()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "100", "007", "00100"})
    void limit_from1To100_isTaken(String limit) {
        assertThat(PageRequest.of(EVENTS, limit, null, mistakes).limit()).isBetween(1, 100);
        assertThat(mistakes.fields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "+5", "1.0", "ten", "9999999999999999999999"})
    void limit_outOfBounds_isAMistake(String limit) {
        assertThat(PageRequest.of(EVENTS, limit, null, mistakes).limit()).isEqualTo(PageRequest.MOST);
        assertThat(mistakes.fields()).containsExactly("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e0", "e", "e-1", "e12x", "e9999999999999999999", "n5", "5"})
    void token_thatDoesNotComeFromTheList_isAMistake(String inside) {
        String token = Base64.getUrlEncoder().encodeToString(inside.getBytes(StandardCharsets.UTF_8));

        assertThat(PageRequest.of(EVENTS, null, token, mistakes).after()).isNull();
        assertThat(mistakes.fields()).containsExactly("page_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "ä", "gICA"})
    void token_thatIsNoBase64OfUtf8_isAMistake(String token) {
        assertThat(PageRequest.of(NAMES, null, token, mistakes).after()).isNull();
        assertThat(mistakes.fields()).containsExactly("page_token");
    }

    private static Page<Long> events(PageRequest request) {
        List<Long> rows = LongStream.iterate(5, n -> n > 0, n -> n - 1)
                .filter(n -> n < request.below())
                .limit(request.rows())
                .boxed()
                .toList();
        return Page.of(rows, request, EVENTS, String::valueOf);
    }
}
