package dev.mooring.registry.models;

import dev.mooring.spring.page.Page;
import java.util.SortedMap;

/**
 * The history of a model up to a time.
 *
 * @param entries the changes until then, newest first
 * @param aliases the version to which each alias pointed then
 */
public record HistoryThen(Page<HistoryEntry> entries, SortedMap<String, String> aliases) {}
