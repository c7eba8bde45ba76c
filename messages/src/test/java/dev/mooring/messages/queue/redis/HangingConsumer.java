package dev.mooring.messages.queue.redis;

import dev.mooring.messages.queue.Consumer;
import dev.mooring.messages.queue.ConsumerPlan;
import dev.mooring.redis.settings.Node;
import dev.mooring.redis.settings.Topology;
import dev.mooring.testing.process.ChildProcess;
import dev.mooring.testing.redis.TestRedis;
import dev.mooring.time.Time;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A process that receives messages and never ends with them. */
final class HangingConsumer {
    static final Duration LEASE = Duration.ofMillis(600);

    private HangingConsumer() {}

    /** Starts it; returns when it holds messages. */
    static ChildProcess start(TestRedis server, String queue) {
        ChildProcess process = ChildProcess.java(
                        HangingConsumer.class.getName(), server.host(), String.valueOf(server.port()), queue)
                .start();
        process.awaitLine("holding", Duration.ofSeconds(30));
        return process;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Node server = new Node(arguments[0], Integer.parseInt(arguments[1]));
        CountDownLatch never = new CountDownLatch(1);
        try (RedisRig rig = new RedisRig(new Topology.Standalone(server));
                Consumer consumer = Consumer.start(
                        ConsumerPlan.of("group").lease(LEASE),
                        RedisQueue.of(rig.redis, arguments[2]),
                        message -> {
                            System.out.println("holding " + message.id());
                            never.await();
                        },
                        Time.system())) {
            System.out.println(consumer);
            never.await();
        }
    }
}
