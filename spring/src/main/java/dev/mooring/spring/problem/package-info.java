/**
 * Error responses: one record, one writer, and an entry for each place where a request can fail (filter, controller, Spring
 * MVC, container). An application ends a request with {@link dev.mooring.spring.problem.ProblemException} and translates
 * exceptions with a {@link dev.mooring.spring.problem.ProblemReader}; a feature whose clients expect another form defines an
 * {@link dev.mooring.spring.problem.ErrorForm}; one that explains its codes, {@link dev.mooring.spring.problem.ProblemTypes}. What may come in: responses. Not: why something failed.
 */
@NullMarked
package dev.mooring.spring.problem;

import org.jspecify.annotations.NullMarked;
