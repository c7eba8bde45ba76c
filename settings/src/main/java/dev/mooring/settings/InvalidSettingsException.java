package dev.mooring.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration has mistakes: all of them, not only the first. The message has one line for each. */
public final class InvalidSettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<SettingProblem> problems;

    InvalidSettingsException(List<SettingProblem> problems) {
        super(problems.stream().map(SettingProblem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every mistake that was found, in the order of reading. */
    public List<SettingProblem> problems() {
        return problems;
    }
}
