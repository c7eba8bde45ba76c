package dev.mooring.postgres.diagnosis;

import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Endpoint;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.NetworkPath;
import dev.mooring.diagnosis.Place;
import dev.mooring.diagnosis.Step;
import dev.mooring.postgres.settings.Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The examination of a PostgreSQL: eight layers, from the name to the settings. It has one connection at a time. */
public final class PostgresExamination implements Examination {
    private final Subject subject;
    private final Address address;
    private final LogInLayer logIn;
    private final Runnable ended;

    /** Touches no network. {@code ended} runs at the end. */
    public PostgresExamination(Subject subject, Runnable ended) {
        this.subject = subject;
        this.address = subject.source().address();
        this.logIn = new LogInLayer(subject.source());
        this.ended = ended;
    }

    /** Every check that it may make, in the order of the layers. */
    public static List<Check> checks() {
        return Stream.concat(PostgresChecks.all().stream(), ServerChecks.all().stream())
                .toList();
    }

    @Override
    public String target() {
        return address.withDefaultPort() + "/" + subject.source().database() + " as "
                + subject.source().user();
    }

    @Override
    public Optional<Place> place() {
        List<Endpoint> all = endpoints();
        String hosts = all.stream().map(Endpoint::host).distinct().collect(Collectors.joining(","));
        return Optional.of(
                new Place(hosts, all.get(0).port(), Optional.of(subject.source().database())));
    }

    @Override
    public List<Step> steps() {
        NetworkPath path = new NetworkPath(PostgresChecks.NETWORK, endpoints(), subject.limit());
        Greeting greeting = new Greeting(path, subject.source().tls());
        ServerLayers server = new ServerLayers(subject, logIn);
        SettingsLayer settings = new SettingsLayer(subject, logIn, address.hasName());
        return List.of(
                path.name(),
                path.tcp(),
                step(Layer.TLS, PostgresChecks.ANSWER, greeting::exchange),
                step(Layer.LOG_IN, PostgresChecks.LOG_IN_ANSWER, logIn::logIn),
                step(Layer.DATABASE, ServerChecks.QUERY, server::database),
                step(Layer.QUERY, ServerChecks.QUERY, server::query),
                step(Layer.RIGHTS, ServerChecks.QUERY, server::rights),
                step(Layer.SETTINGS, ServerChecks.QUERY, settings::compare));
    }

    private Step step(Layer layer, Check otherwise, Step.Work work) {
        return new Step(layer, subject.limit(), otherwise, work);
    }

    private List<Endpoint> endpoints() {
        return IntStream.range(0, address.hosts().size())
                .mapToObj(i ->
                        new Endpoint(address.names().get(i), address.ports().get(i)))
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        logIn.close();
        ended.run();
    }
}
