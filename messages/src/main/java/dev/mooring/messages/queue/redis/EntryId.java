package dev.mooring.messages.queue.redis;

/**
 * The id of an entry: ids grow within a stream.
 *
 * @param millis when the server added it, in milliseconds since 1970
 * @param number its number in that millisecond
 */
record EntryId(long millis, long number) {
    static EntryId of(String text) {
        int dash = text.indexOf('-');
        return new EntryId(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    EntryId earlier(EntryId other) {
        boolean isThis = millis < other.millis || (millis == other.millis && number <= other.number);
        return isThis ? this : other;
    }

    /** The smallest id after this one. */
    EntryId next() {
        return new EntryId(millis, number + 1);
    }

    @Override
    public String toString() {
        return millis + "-" + number;
    }
}
