package dev.mooring.redis.settings;

import dev.mooring.settings.SecretSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the servers of one Redis stand to each other. */
public sealed interface Topology {
    /** One server, or an address behind which another server may take over. */
    record Standalone(Node node) implements Topology {
        @Override
        public String toString() {
            return node.toString();
        }
    }

    /**
     * A primary that Sentinels watch. Each new connection asks them where the primary is.
     *
     * @param master the name under which they know it
     * @param sentinels at least one of them
     * @param password the password of the Sentinels themselves; empty where they ask for none
     */
    record Sentinel(String master, List<Node> sentinels, Optional<SecretSource> password) implements Topology {
        public Sentinel {
            sentinels = someOf(sentinels);
        }

        /** Sentinels that ask for no password. */
        public Sentinel(String master, List<Node> sentinels) {
            this(master, sentinels, Optional.empty());
        }

        @Override
        public String toString() {
            return "primary " + master + " of the Sentinels " + joined(sentinels);
        }
    }

    /**
     * A cluster of primaries, each with a part of the keys.
     *
     * @param nodes at least one of its nodes; it tells the others
     */
    record Cluster(List<Node> nodes) implements Topology {
        public Cluster {
            nodes = someOf(nodes);
        }

        @Override
        public String toString() {
            return "cluster " + joined(nodes);
        }
    }

    private static List<Node> someOf(List<Node> nodes) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("expected at least one node");
        }
        return List.copyOf(nodes);
    }

    private static String joined(List<Node> nodes) {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(", "));
    }
}
