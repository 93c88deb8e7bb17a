package io.magpie.adapter.mongo;

import io.magpie.core.log.Body;
import io.magpie.core.log.BodyCodec;
import io.magpie.core.log.EntryShelf.Kept;
import io.magpie.core.log.EntryShelf.Next;
import io.magpie.core.log.EntryShelf.Sending;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/// How an entry is kept in a document. Names are short: each document carries them.
record Documents(BodyCodec codec) {
    static final String NUMBER = "_id";
    static final String CONVERSATION = "c";
    static final String SEQ = "s";
    static final String AUTHOR = "a";
    static final String BODY = "b";
    static final String NEXT = "n";
    static final String NEXT_BY = "n.by";

    /// Conversation, sender and clientId in one, absent without a clientId: what is unique where it is there.
    static final String SENDING = "u";

    private static final String SENDER = "f";
    private static final String SENT_AT = "t";
    private static final String KIND = "k";
    private static final String BY = "by";
    private static final char BETWEEN = ' ';

    static String sending(Sending sending) {
        return sending.conversation() + String.valueOf(BETWEEN) + sending.sender() + BETWEEN + sending.clientId();
    }

    Document write(Kept kept) {
        var document = new Document(NUMBER, kept.number())
                .append(CONVERSATION, kept.conversation())
                .append(SEQ, kept.seq())
                .append(AUTHOR, kept.author())
                .append(KIND, kept.kind())
                .append(SENDER, kept.sender())
                .append(SENT_AT, kept.sentAt())
                .append(BODY, write(kept.body()));
        if (kept.clientId() != null) {
            document.append(SENDING, sending(new Sending(kept.conversation(), kept.sender(), kept.clientId())));
        }
        return document;
    }

    Document write(Next next) {
        return new Document(BY, next.by()).append(AUTHOR, next.author()).append(BODY, write(next.body()));
    }

    Binary write(Body body) {
        return new Binary(codec.encode(body));
    }

    Kept read(Document document) {
        var next = document.get(NEXT, Document.class);
        return new Kept(
                number(document, NUMBER),
                number(document, CONVERSATION),
                number(document, SEQ),
                number(document, AUTHOR),
                (int) number(document, KIND),
                number(document, SENDER),
                clientId(document.getString(SENDING)),
                number(document, SENT_AT),
                body(document),
                next == null ? null : new Next(number(next, BY), number(next, AUTHOR), body(next)));
    }

    /// A server may answer an integer where a long would do.
    static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }

    private Body body(Document document) {
        return codec.decode(document.get(BODY, Binary.class).getData());
    }

    private static @Nullable String clientId(@Nullable String sending) {
        if (sending == null) {
            return null;
        }
        int sender = sending.indexOf(BETWEEN) + 1;
        return sending.substring(sending.indexOf(BETWEEN, sender) + 1);
    }
}
