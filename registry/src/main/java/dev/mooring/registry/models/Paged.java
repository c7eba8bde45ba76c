package dev.mooring.registry.models;

import dev.mooring.spring.page.PagedList;

/** The lists of the registry that clients read page by page. */
public final class Paged {
    /** Models, by name. */
    static final PagedList MODELS = PagedList.byKey("m", ModelPath::isPossible);
    /** The versions of a model, by number. */
    public static final PagedList VERSIONS = PagedList.newestFirst("v");
    /** The history of a model, by sequence number. */
    static final PagedList HISTORY = PagedList.newestFirst("h");

    private Paged() {}
}
