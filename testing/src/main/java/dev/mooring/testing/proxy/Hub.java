package dev.mooring.testing.proxy;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** All links of a proxy: starts them under the behaviour for new ones, counts them, and ends them. */
final class Hub {
    private final ThreadRoster threads;
    private final AtomicLong passedToServer = new AtomicLong();
    private final AtomicLong passedToClient = new AtomicLong();

    /** Guards the links, the behaviour for new ones, the target and the count: a link gets either the old or the new of each. */
    private final Object lock = new Object();

    private final Set<Link> links = new LinkedHashSet<>();
    private Behaviour forNewLinks = new Behaviour.None();
    private InetSocketAddress target;
    private int opened;
    private boolean closed;

    Hub(ThreadRoster threads, InetSocketAddress target) {
        this.threads = threads;
        this.target = target;
    }

    /** Takes over an accepted connection. */
    void welcome(Socket client) {
        Link link;
        Behaviour behaviour;
        int number;
        synchronized (lock) {
            number = ++opened;
            link = new Link(this, client, target, number);
            links.add(link);
            behaviour = closed ? new Behaviour.Refuse() : forNewLinks;
        }
        behaviour.applyTo(link);
        if (!link.isClosed()) {
            threads.start(number + "-up", link);
        }
    }

    void put(Behaviour behaviour, Affected affected) {
        List<Link> existing;
        synchronized (lock) {
            if (affected.includesNew()) {
                forNewLinks = behaviour;
            }
            existing = affected.includesExisting() ? List.copyOf(links) : List.of();
        }
        existing.forEach(behaviour::applyTo);
    }

    void redirectTo(InetSocketAddress newTarget) {
        synchronized (lock) {
            target = newTarget;
        }
    }

    List<Link> open() {
        synchronized (lock) {
            return new ArrayList<>(links);
        }
    }

    Optional<Link> oldest() {
        return open().stream().findFirst();
    }

    int opened() {
        synchronized (lock) {
            return opened;
        }
    }

    AtomicLong passed(Direction direction) {
        return direction == Direction.CLIENT_TO_SERVER ? passedToServer : passedToClient;
    }

    void start(String name, Runnable work) {
        threads.start(name, work);
    }

    void ended(Link link) {
        synchronized (lock) {
            links.remove(link);
        }
    }

    /** Ends all links, also one that the doorway accepts at the same moment. */
    void close() {
        synchronized (lock) {
            closed = true;
        }
        open().forEach(Link::close);
    }
}
