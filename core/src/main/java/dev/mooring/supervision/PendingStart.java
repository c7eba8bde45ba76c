package dev.mooring.supervision;

/**
 * A start task that is not done.
 *
 * @param words its name, and how it failed, if it did
 * @param openWords the same for readers who may not know the words of others: how it failed only where Mooring itself says it
 */
record PendingStart(String words, String openWords) {}
