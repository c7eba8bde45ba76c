package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowErrorCode;
import dev.mooring.registry.mlflow.MlflowException;
import dev.mooring.registry.mlflow.Parameters;
import dev.mooring.registry.mlflow.search.Clause;
import dev.mooring.registry.mlflow.search.Field;
import dev.mooring.registry.mlflow.search.Filter;
import dev.mooring.registry.mlflow.search.Operator;
import dev.mooring.registry.mlflow.search.Order;
import dev.mooring.registry.mlflow.search.PageToken;
import dev.mooring.registry.mlflow.search.SearchException;
import dev.mooring.registry.mlflow.search.Subject;
import dev.mooring.registry.store.Newest;
import dev.mooring.registry.store.Origin;
import dev.mooring.registry.store.Search;
import dev.mooring.registry.store.SearchTable;
import dev.mooring.registry.store.StageTable;
import dev.mooring.registry.store.StoredModel;
import dev.mooring.registry.store.Transactions;
import dev.mooring.spring.body.Text;
import dev.mooring.spring.page.PageRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Searches models and versions. */
final class SearchCalls {
    private static final long MOST_MODELS = 1_000;
    private static final long USUAL_MODELS = 100;
    private static final long MOST_VERSIONS = 200_000;
    /** A page has at most so many versions, so that a few searches cannot fill the memory; the token leads to the others. */
    private static final long LONGEST_PAGE = 10_000;
    /** So many ordinary versions are smaller; clients that ask for all of a model's and do not look at the token get them. */
    private static final long LARGEST_PAGE_OF_VERSIONS = 4 * PageRequest.MOST_BYTES;

    /** Each comparison becomes a part of a statement. */
    private static final int LONGEST_FILTER = 20_000;

    private final Origin origin;
    private final Transactions transactions;
    private final SearchTable searches;
    private final StageTable stages;

    SearchCalls(Origin origin, Transactions transactions, JdbcClient database, JdbcClient plannedAnew) {
        this.origin = origin;
        this.transactions = transactions;
        this.searches = new SearchTable(database, plannedAnew);
        this.stages = new StageTable(database);
    }

    Map<String, LocalCall> calls() {
        return Map.of(
                "GET 2.0/mlflow/registered-models/search", (parameters, sender) -> models(parameters),
                "GET 2.0/mlflow/model-versions/search", (parameters, sender) -> versions(parameters));
    }

    private Map<String, Object> models(Parameters parameters) {
        long most = maxResults(parameters, USUAL_MODELS, 0, MOST_MODELS);
        Search search = search(parameters, Subject.MODELS, most, PageRequest.MOST_BYTES);
        return transactions.read(() -> {
            List<StoredModel> found = searches.models(origin, search);
            List<StoredModel> page = page(found, most);
            List<String> names = page.stream().map(StoredModel::name).toList();
            Map<String, Newest> newest = names.isEmpty() ? Map.of() : stages.newest(origin, names);
            List<Map<String, Object>> models = page.stream()
                    .map(model -> Answers.model(model, newest.getOrDefault(model.name(), Newest.none())))
                    .toList();
            return answer("registered_models", models, page.size(), search, found.size() > page.size());
        });
    }

    private Map<String, Object> versions(Parameters parameters) {
        long most = Math.min(LONGEST_PAGE, maxResults(parameters, MOST_VERSIONS, 1, MOST_VERSIONS));
        Search search = search(parameters, Subject.VERSIONS, most, LARGEST_PAGE_OF_VERSIONS);
        VersionRows page = transactions.read(() -> {
            VersionRows rows = new VersionRows(most, LARGEST_PAGE_OF_VERSIONS);
            searches.versions(origin, search, rows::add);
            return rows;
        });
        return answer("model_versions", page.json(), page.count(), search, page.more());
    }

    private static long maxResults(Parameters parameters, long usual, long least, long most) {
        long value = parameters.whole("max_results").orElse(usual);
        if (value < least || value > most) {
            throw MlflowException.invalid(
                    "max_results is " + value + "; expected a number from " + least + " to " + most + ".");
        }
        return value;
    }

    /** Asks for one row more than the page has, which shows whether there is a next page. */
    private static Search search(Parameters parameters, Subject subject, long most, long bytes) {
        int length = Text.length(parameters.textOrEmpty("filter"));
        if (length > LONGEST_FILTER) {
            throw MlflowException.invalid(
                    "The filter has " + length + " characters; at most " + LONGEST_FILTER + " are accepted.");
        }
        try {
            List<Clause> clauses = Filter.parse(parameters.textOrEmpty("filter"), subject);
            return new Search(
                    Conditions.of(clauses, Ordering.name(subject)),
                    Ordering.sql(Order.parse(parameters.texts("order_by"), subject), subject),
                    most + 1,
                    PageToken.offset(parameters.textOrEmpty("page_token")),
                    bytes,
                    subject == Subject.MODELS && clauses.stream().anyMatch(SearchCalls::isName));
        } catch (SearchException refused) {
            throw new MlflowException(
                    refused.isDatabases() ? MlflowErrorCode.BAD_REQUEST : MlflowErrorCode.INVALID_PARAMETER_VALUE,
                    String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isName(Clause clause) {
        return clause.field() == Field.NAME && clause.operator() == Operator.EQUAL;
    }

    /** The models that fit on the page, with the versions and aliases that the answer gives with them. */
    private List<StoredModel> page(List<StoredModel> found, long most) {
        Map<String, Long> sizes = found.size() > 1
                ? searches.sizes(origin, found.stream().map(StoredModel::name).toList())
                : Map.of();
        List<StoredModel> page = new ArrayList<>();
        long bytes = 0;
        for (StoredModel model : found) {
            if (page.size() == most || (!page.isEmpty() && bytes >= PageRequest.MOST_BYTES)) {
                break;
            }
            page.add(model);
            bytes += model.bytes() + sizes.getOrDefault(model.name(), 0L);
        }
        return page;
    }

    private static Map<String, Object> answer(String name, Object rows, long count, Search search, boolean more) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (count > 0) {
            answer.put(name, rows);
        }
        if (more) {
            answer.put("next_page_token", PageToken.of(search.offset() + count));
        }
        return answer;
    }
}
