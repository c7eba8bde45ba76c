package dev.mooring.cli.service;

import dev.mooring.cli.terminal.JsonDocument;
import dev.mooring.cli.terminal.OutputOption;
import dev.mooring.cli.terminal.Surroundings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks a running service and prints what it answers. What the service refuses is one line and exit code 1. */
public abstract class ServiceCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ServiceOptions service = new ServiceOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    protected ServiceCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Asks the service. */
    protected abstract Result ask(ServiceClient client) throws InterruptedException;

    @Override
    public Integer call() throws InterruptedException {
        ServiceClient client = service.client(surroundings.environment());
        try {
            Result result = ask(client);
            print(result);
            return result.exitCode();
        } catch (ServiceException refused) {
            return refused.print(surroundings, isJson());
        }
    }

    protected final Surroundings surroundings() {
        return surroundings;
    }

    protected final boolean isJson() {
        return output.isJson();
    }

    protected final void print(Result result) {
        if (isJson()) {
            surroundings.out().println(JsonDocument.of(result.document()));
        } else {
            result.lines().forEach(line -> surroundings.out().println(line));
        }
    }

    /** Wrong usage that only the values of several options show. */
    protected final ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("picocli has not set the command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
