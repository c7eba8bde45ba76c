package dev.mooring.benchmarks.breaker;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Measures our breaker and its peers in one run, prints the table, the figures of the promise, and how far ours is from the floor. */
public final class BreakerComparison {
    private static final List<String> LIBRARIES = List.of("mooring", "failsafe", "resilience4j");
    private static final String FLOOR = "floor";
    private static final PrintStream OUT = System.out;

    /** What a row measures, by the name of the benchmark without the name of the library. */
    private static final Map<String, String> SITUATIONS = Map.of(
            "ClosedBreaker.", "closed: permit and success",
            "Floor.", "closed: permit and success",
            "GuardedWork.", "closed: work handed over",
            "OpenBreaker.asked_", "open: asked",
            "OpenBreaker.thrown_", "open: exception");

    private record Figure(double nanos, double plusMinus, double bytes) {}

    private record Row(int threads, String situation) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            int bySituation = situation.compareTo(other.situation);
            return bySituation != 0 ? bySituation : Integer.compare(threads, other.threads);
        }
    }

    private final Map<Row, Map<String, Figure>> table = new TreeMap<>();

    private BreakerComparison() {}

    /** Takes no arguments, and about two and a half minutes on two cores that are otherwise idle. */
    public static void main(String[] args) throws RunnerException {
        BreakerComparison comparison = new BreakerComparison();
        comparison.measure(1, 2, "ClosedBreaker|Floor|GuardedWork");
        comparison.measure(2, 2, "ClosedBreaker|Floor|GuardedWork");
        comparison.measure(1, 1, "OpenBreaker");
        comparison.print();
    }

    private void measure(int threads, int forks, String benchmarks) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(BreakerComparison.class.getPackageName() + ".(" + benchmarks + ")")
                .threads(threads)
                .forks(forks)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(400))
                .addProfiler(GCProfiler.class)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        results.forEach(result -> note(threads, result));
    }

    private void note(int threads, RunResult result) {
        String name = result.getParams().getBenchmark();
        String library = LIBRARIES.stream().filter(name::endsWith).findFirst().orElse(FLOOR);
        String situation =
                SITUATIONS.get(name.replaceAll("^.*\\.(\\w+\\.)", "$1").replace(library, ""));
        Result<?> time = result.getPrimaryResult();
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        table.computeIfAbsent(new Row(threads, String.valueOf(situation)), row -> new TreeMap<>())
                .put(library, new Figure(time.getScore(), time.getScoreError(), bytes == null ? 0 : bytes.getScore()));
    }

    private void print() {
        Runtime machine = Runtime.getRuntime();
        OUT.printf(
                "%nJDK %s (%s), %s %s, %d processors; ns per call ± 99.9 %% error, bytes per call%n%n",
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                machine.availableProcessors());
        OUT.println("| situation | threads | mooring | failsafe 3.3.2 | resilience4j 2.3.0 |");
        OUT.println("| --- | --- | --- | --- | --- |");
        table.keySet().forEach(row -> {
            StringBuilder line = new StringBuilder("| " + row.situation() + " | " + row.threads());
            LIBRARIES.forEach(library -> line.append(" | ").append(words(figure(row, library))));
            OUT.println(line + " |");
        });
        OUT.println();
        for (int threads : List.of(1, 2)) {
            double ours = closed(threads, "mooring").nanos();
            Figure floor = closed(threads, FLOOR);
            String of = threads == 1 ? "1 thread" : threads + " threads";
            OUT.printf(
                    Locale.ROOT,
                    "ours/failsafe, %s: %.3f%n",
                    of,
                    ours / closed(threads, "failsafe").nanos());
            OUT.printf(Locale.ROOT, "ours/floor, %s: %.2f (floor %s)%n", of, ours / floor.nanos(), words(floor));
        }
        OUT.printf(Locale.ROOT, "bytes per call: %.0f%n", closed(1, "mooring").bytes());
    }

    private Figure closed(int threads, String library) {
        return figure(new Row(threads, "closed: permit and success"), library);
    }

    private Figure figure(Row row, String library) {
        Figure figure = table.getOrDefault(row, Map.of()).get(library);
        if (figure == null) {
            throw new IllegalStateException("nothing was measured of " + library + ", " + row);
        }
        return figure;
    }

    private static String words(Figure figure) {
        return String.format(Locale.ROOT, "%.1f ± %.1f ns, %.0f B", figure.nanos(), figure.plusMinus(), figure.bytes());
    }
}
