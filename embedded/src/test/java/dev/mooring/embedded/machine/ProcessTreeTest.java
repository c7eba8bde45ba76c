package dev.mooring.embedded.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class ProcessTreeTest {
    private ProcessHandle root;
    private ProcessHandle child;
    private ProcessTree tree;

    @BeforeEach
    void startTree() throws IOException {
        root = new ProcessBuilder("sh", "-c", "sleep 300 & wait").start().toHandle();
        await().atMost(Duration.ofSeconds(10)).until(() -> root.children().count() == 1);
        child = root.children().findFirst().orElseThrow();
        tree = new ProcessTree(root);
    }

    @AfterEach
    void endTree() {
        child.destroyForcibly();
        root.destroyForcibly();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void tree_frozen_isStoppedAsAWholeUntilThawed() {
        tree.freeze();
        assertThat(List.of(state(root), state(child))).containsOnly('T');

        tree.thaw();
        await().atMost(Duration.ofSeconds(10)).until(() -> state(root) != 'T' && state(child) != 'T');
    }

    @Test
    void tree_killed_isGoneAsAWhole() {
        tree.freeze();

        tree.kill();

        assertThat(tree.awaitEnd(Duration.ZERO)).isTrue();
        assertThat(new ProcessTree(child).awaitEnd(Duration.ZERO)).isTrue();
    }

    @Test
    void end_ofARunningRoot_isAwaitedForTheLimitOnly() {
        assertThat(tree.awaitEnd(Duration.ofMillis(20))).isFalse();

        Signal.TERM.sendTo(List.of(root));

        assertThat(tree.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }

    private static char state(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return 'X';
        }
    }
}
