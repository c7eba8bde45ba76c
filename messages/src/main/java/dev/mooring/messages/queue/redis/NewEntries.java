package dev.mooring.messages.queue.redis;

import dev.mooring.messages.queue.Reader;
import dev.mooring.redis.RedisCommand;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries that no consumer of a group received ({@code XREADGROUP}). Lettuce 7.5 makes one entry of several that come in one answer of
 * the older protocol, so this reads the answer itself.
 *
 * @param most how many at most
 * @param block how long Redis waits while there is none; not at all below 1 ms
 */
record NewEntries(String stream, Reader reader, int most, Duration block)
        implements RedisCommand<List<StreamMessage<String, String>>> {
    @Override
    public CompletionStage<List<StreamMessage<String, String>>> send(RedisClusterAsyncCommands<String, String> redis) {
        CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8)
                .add("GROUP")
                .add(reader.group())
                .add(reader.consumer())
                .add("COUNT")
                .add(most);
        // Zero would block without an end.
        if (block.toMillis() > 0) {
            args.add("BLOCK").add(block.toMillis());
        }
        args.add("STREAMS").addKey(stream).add(">");
        return redis.dispatch(CommandType.XREADGROUP, new NestedMultiOutput<>(StringCodec.UTF8), args)
                .thenApply(this::entries);
    }

    /** The answer is empty, or has one stream: its name and its entries, each an id and the fields with their values in turn. */
    private List<StreamMessage<String, String>> entries(@Nullable List<Object> answer) {
        List<StreamMessage<String, String>> entries = new ArrayList<>();
        if (answer != null && !answer.isEmpty()) {
            for (Object entry : (List<?>) ((List<?>) answer.get(0)).get(1)) {
                List<?> parts = (List<?>) entry;
                entries.add(new StreamMessage<>(stream, String.valueOf(parts.get(0)), fields((List<?>) parts.get(1))));
            }
        }
        return entries;
    }

    private static Map<String, String> fields(List<?> all) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < all.size(); i += 2) {
            fields.put(String.valueOf(all.get(i)), String.valueOf(all.get(i + 1)));
        }
        return fields;
    }
}
