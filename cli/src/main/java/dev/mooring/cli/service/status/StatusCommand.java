package dev.mooring.cli.service.status;

import dev.mooring.cli.service.Result;
import dev.mooring.cli.service.ServiceClient;
import dev.mooring.cli.service.ServiceCommand;
import dev.mooring.cli.terminal.Moments;
import dev.mooring.cli.terminal.Palette;
import dev.mooring.cli.terminal.Surroundings;
import dev.mooring.spring.environment.ExitCode;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        header = "Shows the state of a running service at a glance.",
        description = {
            "State and since when, each dependency with its latency or its failure, pools, queues, the last changes. Reads the"
                    + " service's memory, so it works while a dependency hangs.",
            "Pools, queues and changes need a key with ops:read where the service asks for keys.",
            "With --watch it goes on until Ctrl-C: on a terminal it draws the state anew every 2 seconds, elsewhere it prints one line for"
                    + " each change, with -o json one document in a line for each."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:healthy",
            "1:unhealthy, or the service does not answer or refuses",
            "2:wrong usage",
            "3:degraded"
        },
        footer = {"", "Example:", "  mooring status --url https://registry.internal --watch"})
public final class StatusCommand extends ServiceCommand {
    private static final int DEGRADED = 3;
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Option(
            names = {"-w", "--watch"},
            description = "Goes on until Ctrl-C.")
    private boolean watch;

    public StatusCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected Result ask(ServiceClient client) throws InterruptedException {
        Surroundings with = surroundings();
        StatusText text = new StatusText(new Moments(with.clock()), new Palette(with.ansi()), with.width());
        if (watch) {
            Watch lasting = new Watch(with, text, isJson());
            lasting.run(() -> Snapshot.of(client), StatusCommand::pause);
        }
        Snapshot now = Snapshot.of(client);
        if (!now.isDetailed()) {
            with.notes().say("mooring: without pools, queues and changes: " + now.withheld());
        }
        return new Result(now.document(), text.lines(now), exitCode(now.status()));
    }

    private static boolean pause() throws InterruptedException {
        Thread.sleep(INTERVAL.toMillis());
        return true;
    }

    private static int exitCode(String status) {
        return switch (status) {
            case "healthy" -> ExitCode.DONE;
            case "degraded" -> DEGRADED;
            default -> ExitCode.FAILED;
        };
    }
}
