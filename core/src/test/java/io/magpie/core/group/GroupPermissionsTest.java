package io.magpie.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Role;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Every action × policy × place, against a table written by hand: o(utsider) m(ember) a(dmin) w(owner).
class GroupPermissionsTest {
    private static final String TABLE = """
            action           open  approval invite owner  password
            see              maw   maw      maw    maw    maw
            join             o     -        -      -      o
            ask_to_join      -     o        -      -      -
            answer_requests  aw    aw       aw     aw     aw
            add              maw   aw       maw    aw     aw
            leave            ma    ma       ma     ma     ma
            edit             aw    aw       aw     aw     aw
            remove           aw    aw       aw     aw     aw
            silence          aw    aw       aw     aw     aw
            rename           aw    aw       aw     aw     aw
            change_roles     w     w        w      w      w
            hand_over        w     w        w      w      w
            dissolve         w     w        w      w      w
            """;

    @Test
    void theTableIsWhatIsMeant() {
        var lines = TABLE.lines().toList();
        var policies = lines.getFirst().split("\\s+", -1);
        var actions = new ArrayList<GroupAction>();
        for (String line : lines.subList(1, lines.size())) {
            var cells = line.split("\\s+", -1);
            var action = GroupAction.valueOf(cells[0].toUpperCase(Locale.ROOT));
            actions.add(action);
            for (int column = 1; column < cells.length; column++) {
                var policy = JoinPolicy.valueOf(policies[column].toUpperCase(Locale.ROOT));
                for (Place place : Place.values()) {
                    assertThat(GroupPermissions.allows(action, policy, place))
                            .as("%s in a group with %s by %s", action, policy, place)
                            .isEqualTo(cells[column].indexOf(letter(place)) >= 0);
                }
            }
        }
        assertThat(actions).containsExactlyInAnyOrder(GroupAction.values());
        assertThat(policies).hasSize(JoinPolicy.values().length + 1);
    }

    @Test
    void onlyTheHigherRoleReachesTheLower() {
        var expected = """
                MEMBER MEMBER false
                MEMBER ADMIN false
                MEMBER OWNER false
                ADMIN MEMBER true
                ADMIN ADMIN false
                ADMIN OWNER false
                OWNER MEMBER true
                OWNER ADMIN true
                OWNER OWNER false
                """;
        var found = new StringBuilder();
        for (Role actor : Role.values()) {
            for (Role target : Role.values()) {
                found.append("%s %s %s\n".formatted(actor, target, GroupPermissions.outranks(actor, target)));
            }
        }
        assertThat(found).hasToString(expected);
    }

    private static char letter(Place place) {
        return switch (place) {
            case OUTSIDER -> 'o';
            case MEMBER -> 'm';
            case ADMIN -> 'a';
            case OWNER -> 'w';
        };
    }
}
