package dev.mooring.spring.environment;

import java.io.Console;

/** Finds out whether this process runs on a terminal. */
public final class Terminal {
    private Terminal() {}

    /** Whether standard input and standard output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // it is null only before JDK 22; isTerminal decides from 22 on
    public static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** From JDK 22 on there always is a console, which has a method for this. An older JDK has a console only on a terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderThan22) {
            return true;
        }
    }
}
