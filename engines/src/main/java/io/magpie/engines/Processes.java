package io.magpie.engines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Starts, signals and ends processes.
public final class Processes {
    // The kernel's promise to kill a child with its parent is tied to the thread that started it, so one thread
    // that lives as long as the JVM starts them all.
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("engines").factory());

    private Processes() {}

    /// Starts a program in the folder; what it prints is appended to `NAME.log` there. One that is not detached is
    /// killed by the kernel when this JVM ends, however it ends.
    ///
    /// @param environment beside this JVM's own
    public static ProcessHandle start(
            String name, List<String> command, Map<String, String> environment, Path folder, boolean detached) {
        return start(new Part(name, command, environment, new Part.Ready.Line("")), folder, detached);
    }

    /// Starts a process that writes to the log. One that is not detached is killed by the kernel when this JVM ends,
    /// however it ends.
    static ProcessHandle start(Part part, Path folder, boolean detached) {
        List<String> command = as(part.account(), part.command());
        if (detached && isOnPath("setsid")) {
            command.addFirst("setsid");
        } else if (!detached && isOnPath("setpriv")) {
            // One call that changes the account and asks to be killed: the kernel forgets the latter at the former.
            command.addAll(0, List.of("setpriv", "--pdeathsig", "KILL"));
            if (!part.account().isEmpty()) {
                command.remove(3);
            }
        }
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(part.name() + ".log").toFile()));
        builder.environment().putAll(part.environment());
        try {
            return STARTER.submit(builder::start).get().toHandle();
        } catch (InterruptedException e) {
            throw interrupted(part.name(), e);
        } catch (ExecutionException e) {
            throw new EngineFailure(part.name() + ": cannot start " + String.join(" ", command), e);
        }
    }

    /// Runs a program to its end; its output is appended to the log.
    static int run(List<String> command, String input, Path log) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            throw interrupted(command.getFirst(), e);
        } catch (IOException e) {
            throw new EngineFailure("cannot run " + String.join(" ", command) + ": " + e.getMessage(), e);
        }
    }

    /// The command as the account runs it.
    static List<String> as(String account, List<String> command) {
        List<String> whole = new ArrayList<>();
        if (!account.isEmpty()) {
            whole.addAll(List.of("setpriv", "--reuid", account, "--regid", account, "--init-groups"));
        }
        whole.addAll(command);
        return whole;
    }

    static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":", -1))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }

    /// The JDK sends TERM and KILL only.
    public static void signal(ProcessHandle process, String signal) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw interrupted("kill", e);
        } catch (IOException e) {
            throw new EngineFailure("cannot signal " + process.pid(), e);
        }
    }

    /// With all that it started: workers of a killed parent would hold its port.
    static List<ProcessHandle> family(ProcessHandle process) {
        List<ProcessHandle> family = new ArrayList<>(List.of(process));
        process.descendants().forEach(family::add);
        return family;
    }

    public static void kill(ProcessHandle process) {
        List<ProcessHandle> family = family(process);
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> awaitExit(member, 30));
    }

    /// False if it still lives after so many seconds.
    public static boolean awaitExit(ProcessHandle process, int seconds) {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(Long.toString(process.pid()), e);
        } catch (ExecutionException e) {
            throw new EngineFailure("process " + process.pid(), e);
        }
    }

    static EngineFailure interrupted(String what, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EngineFailure(what + ": interrupted", e);
    }
}
