package dev.mooring.redis.diagnosis;

import dev.mooring.diagnosis.BrokenException;
import dev.mooring.diagnosis.Check;
import dev.mooring.diagnosis.Endpoint;
import dev.mooring.diagnosis.Examination;
import dev.mooring.diagnosis.Layer;
import dev.mooring.diagnosis.NetworkPath;
import dev.mooring.diagnosis.Place;
import dev.mooring.diagnosis.Round;
import dev.mooring.diagnosis.Step;
import dev.mooring.redis.settings.Node;
import dev.mooring.redis.settings.RedisSettings;
import dev.mooring.redis.settings.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The examination of a Redis: eight layers, from the name to the settings, on one connection. Of a cluster it examines the first node that
 * accepts a connection; of a primary with Sentinels the one that they name.
 */
public final class RedisExamination implements Examination {
    private final RedisSettings settings;
    private final Duration limit;
    private final RedisLayers layers;

    /** Touches no network; {@code limit} is that of each layer. */
    public RedisExamination(RedisSettings settings, Duration limit) {
        this.settings = settings;
        this.limit = limit;
        this.layers = new RedisLayers(settings);
    }

    /** Every check that it may make, in the order of the layers. */
    public static List<Check> checks() {
        return Stream.concat(RedisChecks.all().stream(), ServerChecks.all().stream())
                .toList();
    }

    @Override
    public String target() {
        return settings.topology()
                + settings.username().map(user -> " as " + user).orElse("");
    }

    @Override
    public Optional<Place> place() {
        List<Node> nodes = nodes();
        String hosts = nodes.stream().map(Node::host).distinct().collect(Collectors.joining(","));
        return Optional.of(new Place(hosts, nodes.get(0).port(), Optional.empty()));
    }

    @Override
    public List<Step> steps() {
        return List.of(
                step(Layer.NAME, RedisChecks.NETWORK.name(), this::name),
                step(
                        Layer.TCP,
                        RedisChecks.NETWORK.reachable(),
                        round -> layers.path().tcp().work().verify(round)),
                step(Layer.TLS, RedisChecks.NETWORK.handshake(), layers::tls),
                step(Layer.LOG_IN, RedisChecks.ANSWER, layers::logIn),
                step(Layer.DATABASE, ServerChecks.QUERY, layers::database),
                step(Layer.QUERY, ServerChecks.QUERY, layers::query),
                step(Layer.RIGHTS, ServerChecks.QUERY, layers::rights),
                step(Layer.SETTINGS, ServerChecks.QUERY, layers::settings));
    }

    private Step step(Layer layer, Check otherwise, Step.Work work) {
        return new Step(layer, limit, otherwise, work);
    }

    private void name(Round round) throws Exception {
        NetworkPath path = new NetworkPath(RedisChecks.NETWORK, endpoints(round), limit);
        layers.on(path);
        path.name().work().verify(round);
    }

    private List<Endpoint> endpoints(Round round) throws BrokenException {
        if (settings.topology() instanceof Topology.Sentinel watched) {
            return List.of(new Sentinels(settings, watched).primary(round));
        }
        return nodes().stream()
                .map(node -> new Endpoint(node.host(), node.port()))
                .toList();
    }

    /** The servers that the settings name: Sentinels where they watch the primary. */
    private List<Node> nodes() {
        Topology topology = settings.topology();
        if (topology instanceof Topology.Sentinel watched) {
            return watched.sentinels();
        }
        return topology instanceof Topology.Cluster cluster
                ? cluster.nodes()
                : List.of(((Topology.Standalone) topology).node());
    }

    @Override
    public void close() {
        layers.close();
    }
}
