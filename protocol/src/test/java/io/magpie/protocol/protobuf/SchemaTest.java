package io.magpie.protocol.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.magpie.core.command.Command;
import io.magpie.core.command.Event;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.conversation.JoinPolicy;
import io.magpie.core.conversation.Member;
import io.magpie.core.conversation.Role;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.protocol.v1.Magpie;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `magpie.proto` names what core has, all of it and nothing else.
class SchemaTest {
    @Test
    void everyConstantHasANumber() {
        assertNames("Platform", names(Platform.values()));
        assertNames("Priority", names(Command.Priority.values()));
        assertNames("Kind", names(ConversationId.Kind.values()));
        assertNames("State", names(Member.State.values()));
        assertNames("Role", names(Role.values()));
        assertNames("JoinPolicy", names(JoinPolicy.values()));
        assertNames("MembersChange", names(Body.MemberChange.values()));
        assertNames("GroupChange", names(Body.GroupChange.values()));
        assertNames("NoticeEvent", names(Body.NoticeEvent.values()));
        assertNames(
                "Code",
                Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName).toList());
        assertNames(
                "Reason",
                Arrays.stream(Event.Bye.Reason.values())
                        .map(Event.Bye.Reason::wireName)
                        .toList());
        assertThat(Magpie.getDescriptor().getEnumTypes()).hasSize(11);
    }

    @Test
    void absenceIsExplicitWhereverItIsOptional() {
        // What has no presence has a default that the rules of the field take or refuse by themselves.
        for (Descriptor message : Magpie.getDescriptor().getMessageTypes()) {
            for (FieldDescriptor field : message.getFields()) {
                assertThat(field.getType())
                        .as(field.getFullName())
                        .isIn(
                                FieldDescriptor.Type.STRING,
                                FieldDescriptor.Type.INT64,
                                FieldDescriptor.Type.BOOL,
                                FieldDescriptor.Type.DOUBLE,
                                FieldDescriptor.Type.ENUM,
                                FieldDescriptor.Type.MESSAGE);
            }
        }
    }

    private static void assertNames(String type, List<String> expected) {
        EnumDescriptor described = Magpie.getDescriptor().findEnumTypeByName(type);
        EnumNames names = new EnumNames(described);
        assertThat(described.getValues().stream()
                        .filter(value -> value.getNumber() != 0)
                        .map(value -> names.name(value.getNumber())))
                .as(type)
                .containsExactlyInAnyOrderElementsOf(expected);
        for (String name : expected) {
            assertThat(names.name(names.number(name))).isEqualTo(name);
        }
        assertThat(names.name(0)).isNull();
        assertThat(names.name(99)).isEqualTo("99");
        assertThat(names.name(-1)).isEqualTo("-1");
    }

    private static List<String> names(Enum<?>[] constants) {
        return Stream.of(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
