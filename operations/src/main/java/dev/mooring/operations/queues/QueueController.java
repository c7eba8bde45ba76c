package dev.mooring.operations.queues;

import dev.mooring.messages.Backlog;
import dev.mooring.messages.Figures;
import dev.mooring.spring.body.Answer;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code /ops/queues}: what waits for other systems, from memory, at most about 5 s old while the database is there. */
@RestController
final class QueueController {
    private final List<Backlog> backlogs;

    QueueController(List<Backlog> backlogs) {
        this.backlogs = backlogs;
    }

    @GetMapping("/ops/queues")
    QueueList queues() {
        return new QueueList(backlogs.stream()
                .flatMap(backlog -> backlog.figures().stream())
                .map(Queue::of)
                .toList());
    }

    @Answer
    record QueueList(List<Queue> queues) {}

    /** The queue of one destination. */
    @Answer
    record Queue(String destination, long pending, long oldestSeconds, long deadLetters) {
        static Queue of(Figures figures) {
            return new Queue(
                    figures.destination(), figures.pending(), figures.oldest().toSeconds(), figures.deadLetters());
        }
    }
}
