package io.magpie.chat.view;

import io.magpie.chat.text.Line;
import io.magpie.chat.text.Style;
import io.magpie.chat.text.Width;
import java.util.List;

/// The part of the input around the cursor that fits on one line.
///
/// @param cursor its column
record InputView(Line line, int cursor) {
    private static final String PROMPT = "› ";

    static InputView of(String input, int cursor, int columns) {
        int room = columns - Width.of(PROMPT) - 1;
        List<String> before = Width.clusters(shown(input.substring(0, cursor)));
        int from = before.size();
        int width = 0;
        while (from > 0 && width + Width.ofCluster(before.get(from - 1)) <= room) {
            from--;
            width += Width.ofCluster(before.get(from));
        }
        String left = String.join("", before.subList(from, before.size()));
        String right = Width.fit(shown(input.substring(cursor)), room - width);
        return new InputView(
                Line.of(from > 0 ? "‹ " : PROMPT, Style.ACCENT).plus(left + right), Width.of(PROMPT) + width);
    }

    private static String shown(String text) {
        return text.replace('\n', '⏎');
    }
}
