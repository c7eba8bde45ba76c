package dev.mooring.spring.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Connections without a request, by client, when there are too many. Used by one thread. */
final class Crowd {
    /** The client with most connections first. */
    private final PriorityQueue<Deque<Connection>> clients =
            new PriorityQueue<>(Comparator.comparingInt((Deque<Connection> ofClient) -> ofClient.size())
                    .reversed());

    private Crowd(Map<ClientAddress, Deque<Connection>> byClient) {
        clients.addAll(byClient.values());
    }

    /** The connections of a list in which the one that waits longest comes first. */
    static Crowd of(List<Connection> longestFirst) {
        Map<ClientAddress, Deque<Connection>> byClient = new HashMap<>();
        longestFirst.forEach(one -> byClient.computeIfAbsent(one.client(), none -> new ArrayDeque<>())
                .add(one));
        return new Crowd(byClient);
    }

    /** So many connections, or all: one after the other, always the longest waiting of the client that has most. */
    List<Connection> leaving(int count) {
        List<Connection> leaving = new ArrayList<>();
        Deque<Connection> most = clients.poll();
        while (most != null && leaving.size() < count) {
            leaving.add(most.removeFirst());
            if (!most.isEmpty()) {
                clients.add(most);
            }
            most = clients.poll();
        }
        return leaving;
    }
}
