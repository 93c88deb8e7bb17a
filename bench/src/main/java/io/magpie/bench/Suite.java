package io.magpie.bench;

import io.magpie.cluster.command.Options;
import java.util.ArrayList;
import java.util.List;

/// Everything the targets speak of, in an order in which nothing waits for long.
final class Suite {
    private static final String RELAYS = "relay,netty-socketio";

    private final Options given;
    private final ServerChoice choice;
    private final List<Job> jobs = new ArrayList<>();

    Suite(Options given, ServerChoice choice) {
        this.given = given;
        this.choice = choice;
    }

    List<Job> jobs() {
        add("start", "start", "--rounds", time(5, 2));
        add("one-to-one", "one-to-one", with(seconds(8, 2), "--references", RELAYS + ",socketio,ejabberd"));
        for (String rate : List.of("5000", "10000", "20000")) {
            add("rate", "rate-" + rate, with(twice(6, 1), "--rate", rate, "--references", "netty-socketio"));
        }
        add("fanout", "fanout", with(twice(8, 2), "--references", RELAYS + ",socketio"));
        add("login", "login", with(seconds(8, 2), "--references", "netty-socketio"));
        add("login", "login-fresh", with(twice(6, 1), "--fresh"));
        add("backlog", "backlog", with(seconds(1, 1), "--references", "ejabberd"));
        add("idle", "idle", with(idle("16000", "800"), "--references", RELAYS));
        add("one-to-one", "protocols", with(twice(6, 1), "--transport", "json,protobuf,tcp,socketio"));
        add("idle", "idle-protocols", with(idle("4000", "400"), "--transport", "json,protobuf,tcp,socketio"));
        add("one-to-one", "devices", with(twice(6, 1), "--devices", "2"));
        add("one-to-one", "history", with(seconds(8, 1), "--users", "100", "--stored", stored()));
        add("mixed", "mixed", twice(10, 3));
        add("one-to-one", "kill", with(twice(10, 4), "--kill"));
        add("mixed", "mixed-kill", with(twice(10, 4), "--kill", "--rounds", "1"));
        return jobs;
    }

    private void add(String scenario, String key, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        if (given.text("magpie") != null) {
            all.addAll(List.of("--magpie", given.text("magpie", "")));
        }
        given.all("set").forEach(set -> all.addAll(List.of("--set", set)));
        Options options = new Options(all, BenchCommand.KNOWN, BenchCommand.FLAGS);
        jobs.add(new Scenarios(options, choice).job(scenario, key));
    }

    private void add(String scenario, String key, String... arguments) {
        add(scenario, key, List.of(arguments));
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private String time(int full, int quick) {
        return Integer.toString(given.has("quick") ? quick : full);
    }

    private List<String> seconds(int full, int quick) {
        return rounds(full, quick, 3);
    }

    private List<String> twice(int full, int quick) {
        return rounds(full, quick, 2);
    }

    private List<String> rounds(int full, int quick, int rounds) {
        return List.of(
                "--seconds",
                time(full, quick),
                "--warm-seconds",
                time(2, 0),
                "--first-warm",
                time(10, 1),
                "--rounds",
                time(rounds, 1));
    }

    private List<String> idle(String full, String quick) {
        return List.of("--users", given.has("quick") ? quick : full);
    }

    private String stored() {
        return given.text("stored", given.has("quick") ? "20000" : "10000000");
    }
}
