package dev.mooring.registry.local;

import dev.mooring.registry.mlflow.MlflowJson;
import dev.mooring.registry.store.StoredVersion;
import dev.mooring.spring.request.RequestMemory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/**
 * The versions of one page of a search, written one by one as the database gives them, so that a page of thousands is in memory only as its
 * text. One thread uses it.
 */
final class VersionRows {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** A character is in memory as it is collected, as a text, and as a byte of the answer. */
    private static final int COPIES = 4;

    private final long most;
    private final long mostBytes;
    private final StringBuilder text = new StringBuilder("[");
    private long count;
    private long bytes;
    private boolean more;

    /**
     * An empty page.
     *
     * @param most the most versions that it takes
     * @param mostBytes the size after which it takes no more
     */
    VersionRows(long most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Adds a version; one that has no place begins the next page. */
    void add(StoredVersion version) {
        if (more || count == most || (count > 0 && bytes >= mostBytes)) {
            more = true;
            return;
        }
        String row = JSON.writeValueAsString(MlflowJson.version(version));
        RequestMemory.take((long) COPIES * row.length());
        if (count > 0) {
            text.append(',');
        }
        text.append(row);
        count++;
        bytes += version.bytes();
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /** Whether there is a next page. */
    boolean more() {
        return more;
    }

    /** The array. */
    RawValue json() {
        return new RawValue(text + "]");
    }
}
