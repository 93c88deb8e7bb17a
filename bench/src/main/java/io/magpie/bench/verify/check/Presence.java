package io.magpie.bench.verify.check;

import io.magpie.bench.verify.history.Line;
import io.magpie.bench.verify.history.What;
import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Once nothing has happened for a while, every session knows of everybody it watches whether they are connected.
final class Presence implements Check {
    static final String NAME = "presence is right";

    private record Told(PresenceState state, Line.Seen line) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void look(Facts facts, Findings findings) {
        Map<Integer, Map<Long, Told>> told = new HashMap<>();
        Map<Integer, Long> open = new HashMap<>();
        for (Line any : facts.history().lines()) {
            switch (any) {
                case Line.Seen line -> seen(told, open, line);
                case Line.Milestone milestone
                when milestone.phase() != Line.Phase.FINAL_VIEW -> {
                    Set<Long> present = Set.copyOf(open.values());
                    told.forEach((session, states) -> {
                        if (open.containsKey(session)) {
                            states.forEach((user, state) -> compare(user, state, present, findings));
                        }
                    });
                }
                case Line.Milestone _, Line.Fault _ -> {}
            }
        }
    }

    private static void seen(Map<Integer, Map<Long, Told>> told, Map<Integer, Long> open, Line.Seen line) {
        int session = line.where().session();
        switch (line.what()) {
            case What.Online _ -> open.put(session, line.where().user());
            case What.Offline _ -> {
                open.remove(session);
                told.remove(session);
            }
            case What.Answered answered
            when answered.reply() instanceof Reply.Presence(List<PresenceState> states) ->
                // A list replaces the one before.
                told.put(
                        session,
                        states.stream()
                                .collect(Collectors.toMap(
                                        PresenceState::user,
                                        state -> new Told(state, line),
                                        (_, last) -> last,
                                        HashMap::new)));
            case What.Pushed(Event.Presence(List<PresenceState> states)) ->
                states.forEach(state ->
                        told.computeIfAbsent(session, _ -> new HashMap<>()).put(state.user(), new Told(state, line)));
            default -> {}
        }
    }

    private static void compare(long user, Told told, Set<Long> present, Findings findings) {
        findings.looked();
        if (told.state().online() != present.contains(user)) {
            findings.found(new Violation(
                    "%s was last told that %d is %s (expected: %s)"
                            .formatted(
                                    told.line().where().device(),
                                    user,
                                    told.state().online() ? "online" : "offline",
                                    present.contains(user) ? "online" : "offline"),
                    List.of(told.line())));
        }
    }
}
