package dev.mooring.spring.postgres;

import dev.mooring.Dependency;
import dev.mooring.Mooring;
import dev.mooring.spring.environment.ExitCode;
import dev.mooring.spring.environment.StartFailedException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Logs in one line at the start what Mooring supervises, which data sources it does not, and why. */
final class StartLine implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mooring.spring.postgres");

    private final Mooring mooring;
    private final SupervisedDataSources sources;

    StartLine(Mooring mooring, SupervisedDataSources sources) {
        this.mooring = mooring;
        this.sources = sources;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> unknown = sources.choice().unknown();
        if (!unknown.isEmpty()) {
            String line =
                    DataSourceChoice.PREFIX + "." + unknown.get(0) + ".supervised is true, but no data source has that"
                            + " name; there are " + sources.choice().all();
            throw new StartFailedException(List.of(line), ExitCode.MISCONFIGURED, new IllegalArgumentException(line));
        }
        String line = line();
        if (!line.isEmpty()) {
            LOG.info(line);
        }
    }

    private String line() {
        String supervised = mooring.dependencies().stream()
                .filter(Dependency::enabled)
                .map(this::named)
                .collect(Collectors.joining(", "));
        String others = sources.others().line();
        return Stream.of(
                        supervised.isEmpty() ? "" : "Mooring supervises " + supervised + ".",
                        others.isEmpty() ? "" : "Not supervised: " + others + ".")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private String named(Dependency dependency) {
        return sources.databases().supervised().stream()
                .filter(one -> one.postgres().dependency().equals(dependency))
                .findFirst()
                .map(one -> dependency.name() + " (" + one.bean() + ")")
                .orElse(dependency.name());
    }
}
