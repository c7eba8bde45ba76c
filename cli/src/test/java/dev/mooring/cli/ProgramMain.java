package dev.mooring.cli;

/** {@link Main}, which also knows what to do when a class archive is made: the variable {@link #TRAINING} has the arguments then. */
final class ProgramMain {
    static final String TRAINING = "MOORING_TEST_TRAINING";

    private ProgramMain() {}

    public static void main(String[] arguments) {
        String training = System.getenv(TRAINING);
        Main.main(training == null ? arguments : training.split(" "));
    }
}
