package dev.mooring.messages;

import dev.mooring.event.MooringEvent.DeliveryOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;

/** What the log says about a batch: each end of a message without an arrival, and one line for all that are tried again. */
record DeliveryLog(Logger log, List<Ruling> rulings, Map<UUID, DeliveryOutcome> outcomes) {
    void write() {
        int again = 0;
        for (Ruling ruling : rulings) {
            DeliveryOutcome how = outcomes.get(ruling.held().message().id());
            if (how == DeliveryOutcome.DELIVERED) {
                log.debug("{}: delivered", attempt(ruling));
            } else if (how == DeliveryOutcome.REJECTED || how == DeliveryOutcome.DEAD) {
                log.warn("{}: {}, {}", attempt(ruling), how.code(), why(ruling));
            } else if (how != null && again++ == 0) {
                log.info("{}: {}, {}{}", attempt(ruling), how.code(), why(ruling), others());
            }
        }
    }

    private String others() {
        long all = outcomes.values().stream()
                .filter(how -> how == DeliveryOutcome.LATER || how == DeliveryOutcome.REFUSED)
                .count();
        return all == 1 ? "" : "; so are " + (all - 1) + " others";
    }

    private static String why(Ruling ruling) {
        return ruling.kind() == null ? "" : ruling.kind().code() + ": " + ruling.cause();
    }

    private static String attempt(Ruling ruling) {
        Claimed held = ruling.held();
        Message message = held.message();
        return message.type() + " " + message.id() + " to " + message.destination() + ", attempt " + held.number();
    }
}
