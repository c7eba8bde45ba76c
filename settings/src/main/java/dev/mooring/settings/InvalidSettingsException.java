package dev.mooring.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration has mistakes. The exception holds all of them, not only the first; its message has one line for each. */
public final class InvalidSettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<SettingProblem> problems;

    /** For a caller that reads values in another way than {@link Settings}. */
    public InvalidSettingsException(List<SettingProblem> problems) {
        super(problems.stream().map(SettingProblem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All mistakes, in the order in which the settings were read. */
    public List<SettingProblem> problems() {
        return problems;
    }
}
