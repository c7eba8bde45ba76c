package dev.mooring.cli.database;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a command printed, without what differs from run to run: times, ports, versions, and how often an attempt failed.
 *
 * @param exitCode the exit code
 * @param out standard output
 * @param err standard error
 */
record Printed(int exitCode, List<String> out, List<String> err) {
    String under(String title) {
        return Stream.of(
                        Stream.of("== " + title, "exit code " + exitCode),
                        plain(out).map(line -> "out| " + line),
                        plain(err).map(line -> "err| " + line))
                .flatMap(part -> part)
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n\n"));
    }

    /** Repeated lines once. */
    private static Stream<String> plain(List<String> lines) {
        List<String> plain = lines.stream().map(Printed::plain).toList();
        return IntStream.range(0, plain.size())
                .filter(i -> i == 0 || !plain.get(i).equals(plain.get(i - 1)))
                .mapToObj(plain::get);
    }

    private static String plain(String line) {
        return line.replaceAll("(127\\.0\\.0\\.1|no-such-host\\.invalid):\\d+", "$1:PORT")
                .replaceAll("\\(\\d+\\.\\d\\ds\\)", "(N.NNs)")
                .replaceAll("(after|within|in|\\() ?\\d+\\.\\d s", "$1 N.N s")
                .replaceAll("\\d+ ms", "N ms")
                .replaceAll("(tls failed|name not resolved) \\([^)]*\\)", "$1 (REASON)")
                .replaceAll("\"seconds\" : [0-9.E-]+", "\"seconds\" : N")
                .replaceAll("attempt \\d+ (failed|:)", "attempt N $1")
                .replaceAll("attempt \\d+:", "attempt N:")
                .replaceAll("\"attempts\" : \\d+", "\"attempts\" : N")
                .replaceAll("PostgreSQL \\d+(\\.\\d+)?", "PostgreSQL VERSION")
                .replaceAll("\"server\" : \"[^\"]*\"", "\"server\" : \"VERSION\"")
                .replaceAll("\\d+ of \\d+ connections", "N of N connections");
    }
}
