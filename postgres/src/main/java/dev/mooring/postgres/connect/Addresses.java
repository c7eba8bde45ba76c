package dev.mooring.postgres.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.postgresql.util.HostSpec;

/**
 * The network addresses of the hosts. Those that did not accept the last connection, or did not answer on it, come last, so that a dead
 * address costs its share of the connect limit once and not at each log-in. Thread-safe.
 */
final class Addresses {
    private final Supplier<List<HostSpec>> hosts;
    /** The addresses of each host that did not accept the last connection to them, or did not answer. */
    private final Map<HostSpec, Set<InetAddress>> dead = new ConcurrentHashMap<>();

    /** {@code hosts} gives the hosts at this moment. */
    Addresses(Supplier<List<HostSpec>> hosts) {
        this.hosts = hosts;
    }

    int hosts() {
        return hosts.get().size();
    }

    /** The addresses of each host at this moment, in the order to try. A host without an address is missing; the driver reports it. */
    Map<HostSpec, List<InetAddress>> inOrder() {
        Map<HostSpec, List<InetAddress>> found = new HashMap<>();
        for (HostSpec host : hosts.get()) {
            try {
                found.put(host, inOrder(host, List.of(InetAddress.getAllByName(host.getHost()))));
            } catch (UnknownHostException reportedByTheDriver) {
                dead.remove(host);
            }
        }
        return found;
    }

    List<InetAddress> inOrder(HostSpec host, List<InetAddress> all) {
        Set<InetAddress> its = deadOf(host);
        its.retainAll(all);
        return all.stream()
                .distinct()
                .sorted(Comparator.comparing(its::contains))
                .toList();
    }

    void accepted(HostSpec host, InetAddress address) {
        deadOf(host).remove(address);
    }

    void refused(HostSpec host, InetAddress address) {
        deadOf(host).add(address);
    }

    private Set<InetAddress> deadOf(HostSpec host) {
        return dead.computeIfAbsent(host, unknown -> ConcurrentHashMap.newKeySet());
    }
}
