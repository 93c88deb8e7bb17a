package io.magpie.core.group;

import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Role;
import java.util.Set;

/// Who may do what in a group: this table, and nothing else, decides.
public final class GroupPermissions {
    private static final Set<Place> NOBODY = Set.of();
    private static final Set<Place> OUTSIDERS = Set.of(Place.OUTSIDER);
    private static final Set<Place> MEMBERS = Set.of(Place.MEMBER, Place.ADMIN, Place.OWNER);
    private static final Set<Place> ADMINS = Set.of(Place.ADMIN, Place.OWNER);
    private static final Set<Place> OWNER = Set.of(Place.OWNER);
    private static final Set<Place> ALL_BUT_THE_OWNER = Set.of(Place.MEMBER, Place.ADMIN);

    private GroupPermissions() {}

    public static boolean allows(GroupAction action, JoinPolicy policy, Place place) {
        return who(action, policy).contains(place);
    }

    /// Whether a member of role `actor` may remove, silence or rename one of role `target`.
    public static boolean outranks(Role actor, Role target) {
        return actor.atLeast(Role.ADMIN) && !target.atLeast(actor);
    }

    private static Set<Place> who(GroupAction action, JoinPolicy policy) {
        return switch (action) {
            case JOIN ->
                switch (policy) {
                    case OPEN, PASSWORD -> OUTSIDERS;
                    case APPROVAL, INVITE, OWNER -> NOBODY;
                };
            case ASK_TO_JOIN ->
                switch (policy) {
                    case APPROVAL -> OUTSIDERS;
                    case OPEN, PASSWORD, INVITE, OWNER -> NOBODY;
                };
            case ADD ->
                switch (policy) {
                    case OPEN, INVITE -> MEMBERS;
                    case APPROVAL, OWNER, PASSWORD -> ADMINS;
                };
            case SEE -> MEMBERS;
            case LEAVE -> ALL_BUT_THE_OWNER;
            case ANSWER_REQUESTS, EDIT, REMOVE, SILENCE, RENAME -> ADMINS;
            case CHANGE_ROLES, HAND_OVER, DISSOLVE -> OWNER;
        };
    }
}
