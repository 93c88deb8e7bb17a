package io.magpie.chat.command;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Emoji by name: `:wave:`.
public final class Emoji {
    private static final Pattern NAME = Pattern.compile(":([a-z0-9_+-]{1,20}):");
    private static final TreeMap<String, String> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("smile", "😄"),
            Map.entry("grin", "😁"),
            Map.entry("joy", "😂"),
            Map.entry("laugh", "😆"),
            Map.entry("wink", "😉"),
            Map.entry("blush", "😊"),
            Map.entry("cool", "😎"),
            Map.entry("heart_eyes", "😍"),
            Map.entry("kiss", "😘"),
            Map.entry("think", "🤔"),
            Map.entry("neutral", "😐"),
            Map.entry("sad", "😢"),
            Map.entry("cry", "😭"),
            Map.entry("angry", "😠"),
            Map.entry("scream", "😱"),
            Map.entry("sweat", "😅"),
            Map.entry("sleep", "😴"),
            Map.entry("sick", "🤢"),
            Map.entry("party", "🥳"),
            Map.entry("shrug", "🤷"),
            Map.entry("facepalm", "🤦"),
            Map.entry("wave", "👋"),
            Map.entry("+1", "👍"),
            Map.entry("thumbsup", "👍"),
            Map.entry("-1", "👎"),
            Map.entry("thumbsdown", "👎"),
            Map.entry("ok", "👌"),
            Map.entry("clap", "👏"),
            Map.entry("pray", "🙏"),
            Map.entry("muscle", "💪"),
            Map.entry("eyes", "👀"),
            Map.entry("point_up", "☝️"),
            Map.entry("heart", "❤️"),
            Map.entry("broken_heart", "💔"),
            Map.entry("fire", "🔥"),
            Map.entry("star", "⭐"),
            Map.entry("sparkles", "✨"),
            Map.entry("tada", "🎉"),
            Map.entry("gift", "🎁"),
            Map.entry("rocket", "🚀"),
            Map.entry("bug", "🐛"),
            Map.entry("bulb", "💡"),
            Map.entry("check", "✅"),
            Map.entry("x", "❌"),
            Map.entry("warning", "⚠️"),
            Map.entry("question", "❓"),
            Map.entry("100", "💯"),
            Map.entry("zzz", "💤"),
            Map.entry("coffee", "☕"),
            Map.entry("beer", "🍺"),
            Map.entry("cake", "🍰"),
            Map.entry("pizza", "🍕"),
            Map.entry("sun", "☀️"),
            Map.entry("rain", "🌧️"),
            Map.entry("snow", "❄️"),
            Map.entry("cat", "🐱"),
            Map.entry("dog", "🐶"),
            Map.entry("bird", "🐦"),
            Map.entry("magpie", "🐦‍⬛"),
            Map.entry("bye", "👋")));

    private Emoji() {}

    /// With every known name replaced.
    public static String expand(String text) {
        Matcher names = NAME.matcher(text);
        return names.replaceAll(found -> Matcher.quoteReplacement(BY_NAME.getOrDefault(found.group(1), found.group())));
    }

    /// Names that begin so, in order.
    static List<String> names(String prefix) {
        return BY_NAME.tailMap(prefix).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .toList();
    }

    static String of(String name) {
        return BY_NAME.getOrDefault(name, "");
    }
}
