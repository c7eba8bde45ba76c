package dev.mooring.spring.problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's name or path, as in {@code tags[0].key}
 * @param message what is expected of it, for people
 */
public record FieldProblem(String field, String message) {}
