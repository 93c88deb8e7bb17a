package io.magpie.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.command.Event;
import io.magpie.core.command.PresenceState;
import io.magpie.core.command.Reply;
import io.magpie.core.conversation.ConversationId;
import io.magpie.core.device.Platform;
import io.magpie.core.log.Body;
import io.magpie.core.log.Content;
import io.magpie.core.log.Entry;
import io.magpie.core.log.Mentions;
import io.magpie.core.outcome.ErrorCode;
import io.magpie.core.outcome.Rejection;
import io.magpie.protocol.ServerFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client of this version among servers that say more. Frames are written with apostrophes for quotation marks.
class NewerServerTest {
    private static final String ENTRY =
            "{'type':'entry','conversation':'g.1','seq':3,'sender':2,'sentAt':5,'hue':[1],'body':%s}";

    private final JsonCodec codec = new JsonCodec();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'poll','options':[1,2]}",
                "{'kind':'members','change':'promoted','users':[1]}",
                "{'kind':'notice','event':'moon-landing'}",
                "{'kind':'recall'}",
                "{}",
                "5",
                "null"
            })
    void anEntryOfAnUnknownKindStillCounts(String body) {
        Entry entry = new Entry(ConversationId.group(1), 3, 2, 5, null, ServerFrame.UNKNOWN_BODY);
        String frame = ENTRY.formatted(body);
        assertThat(read(frame)).isEqualTo(new ServerFrame.Push(new Event.EntryAdded(entry)));
        assertThat(read("{'type':'entries','id':'i','conversation':'g.1','entries':[" + frame + "],'more':false}"))
                .isEqualTo(
                        new ServerFrame.Answer("i", new Reply.Entries(ConversationId.group(1), List.of(entry), false)));
    }

    @Test
    void unknownContentKeepsItsKind() {
        assertThat(body("{'kind':'message','content':{'kind':'poll','n':1},'replyTo':2,'mentions':'all','mood':7}"))
                .isEqualTo(new Body.Message(new Content.Custom("unknown/poll", "null"), 2, Mentions.ALL));
        assertThat(body("{'kind':'edit','target':1,'content':{'kind':'text','text':5}}"))
                .isEqualTo(new Body.Edit(1, new Content.Custom("unknown/text", "null")));
    }

    @Test
    void unknownNamesInLists() {
        assertThat(read("{'type':'presence','states':[{'user':1,'online':true,'platforms':['fridge','web',5]},7]}"))
                .isEqualTo(new ServerFrame.Push(
                        new Event.Presence(List.of(new PresenceState(1, true, List.of(Platform.WEB), 0)))));
        assertThat(read("{'type':'lagging','conversations':['c.5','g.1',null]}"))
                .isEqualTo(new ServerFrame.Push(new Event.Lagging(List.of(ConversationId.group(1)))));
        assertThat(
                        read(
                                "{'type':'conversations','id':'i','items':[{'conversation':'c.5','kind':'channel'}],'syncedAt':9}"))
                .isEqualTo(new ServerFrame.Answer("i", new Reply.Conversations(List.of(), 9, null)));
    }

    @Test
    void unknownCodesAndReasons() {
        assertThat(read("{'type':'error','id':'i','code':'teapot','message':'m'}"))
                .isEqualTo(new ServerFrame.Answer("i", new Reply.Failed(new Rejection(ErrorCode.INTERNAL, "m"))));
        assertThat(read("{'type':'bye','reason':'eclipse'}"))
                .isEqualTo(new ServerFrame.Push(new Event.Bye(Event.Bye.Reason.DRAINING)));
    }

    @Test
    void unknownTypesAreToBeIgnored() {
        assertThat(read("{'type':'weather','id':'i'}")).isEqualTo(new ServerFrame.Unknown("weather"));
        assertThat(read("{'seq':1}")).isEqualTo(new ServerFrame.Unknown(""));
        assertThat(read("not JSON")).isEqualTo(new ServerFrame.Unknown(""));
        assertThat(read("{'type':'read','conversation':'c.5','user':1,'seq':1}"))
                .isEqualTo(new ServerFrame.Unknown("read"));
    }

    @Test
    void whoeverWaitsForAnIllegibleReplyIsTold() {
        assertThat(read("{'type':'sent','id':'i','conversation':'g.1','seq':'x'}"))
                .isEqualTo(new ServerFrame.Answer(
                        "i",
                        new Reply.Failed(new Rejection(
                                ErrorCode.INTERNAL,
                                "illegible reply: seq: \"x\" (expected: integer from 0 to 9007199254740991)"))));
    }

    private Body body(String body) {
        return read(ENTRY.formatted(body)) instanceof ServerFrame.Push(Event.EntryAdded(Entry entry))
                ? entry.body()
                : new Body.Recall(0);
    }

    private ServerFrame read(String frame) {
        return codec.decodeServerFrame(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
