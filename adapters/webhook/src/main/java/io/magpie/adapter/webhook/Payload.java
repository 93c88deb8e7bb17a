package io.magpie.adapter.webhook;

import io.magpie.core.push.PushNotification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The body of a request: `{"items":[…]}`, in ASCII.
final class Payload {
    private static final byte[] OPEN = ascii("{\"items\":[");
    private static final byte[] CLOSE = ascii("]}");

    private Payload() {}

    static byte[] item(PushNotification notification) {
        var out = new StringBuilder(160 + 8 * notification.users().size());
        out.append("{\"conversation\":\"").append(notification.conversation());
        out.append("\",\"seq\":").append(notification.seq());
        out.append(",\"sender\":").append(notification.sender());
        out.append(",\"sentAt\":").append(notification.sentAt());
        out.append(",\"kind\":\"").append(word(notification.kind())).append('"');
        var event = notification.event();
        if (event != null) {
            out.append(",\"event\":\"").append(word(event)).append('"');
        }
        var text = notification.text();
        if (text != null) {
            out.append(",\"text\":");
            quote(out, text);
        }
        out.append(",\"users\":[");
        String separator = "";
        for (Long user : notification.users()) {
            out.append(separator).append(user.longValue());
            separator = ",";
        }
        return ascii(out.append("]}"));
    }

    static byte[] body(List<byte[]> items) {
        int size = OPEN.length + CLOSE.length + items.size() - 1;
        for (byte[] item : items) {
            size += item.length;
        }
        var body = new byte[size];
        int at = put(body, 0, OPEN);
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                body[at++] = ',';
            }
            at = put(body, at, items.get(i));
        }
        put(body, at, CLOSE);
        return body;
    }

    private static int put(byte[] body, int at, byte[] part) {
        System.arraycopy(part, 0, body, at, part.length);
        return at + part.length;
    }

    /// Everything beyond ASCII is escaped, so half a surrogate pair is as good as any other character.
    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
            }
        }
        out.append('"');
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static byte[] ascii(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
