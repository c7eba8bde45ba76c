package dev.mooring.registry.models;

import dev.mooring.spring.page.PagedList;

/** The lists of the registry that clients read page by page. */
final class Paged {
    /** By name. */
    static final PagedList MODELS = PagedList.byKey("m", name -> ModelName.objectionTo(name) == null);
    /** By number. */
    static final PagedList VERSIONS = PagedList.newestFirst("v");
    /** By sequence. */
    static final PagedList HISTORY = PagedList.newestFirst("h");

    private Paged() {}
}
