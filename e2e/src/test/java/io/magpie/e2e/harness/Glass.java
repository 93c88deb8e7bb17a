package io.magpie.e2e.harness;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The glass of a terminal: takes what a program writes and knows what somebody in front of it would see. It knows
/// the sequences that the chat uses; every character takes one cell. Thread-safe.
final class Glass extends OutputStream {
    private final int[][] cells;
    private final byte[] character = new byte[4];
    private final StringBuilder sequence = new StringBuilder();
    private int taken;
    private int missing;
    private int row;
    private int column;
    private int bells;

    Glass(int rows, int columns) {
        this.cells = new int[rows][columns];
        clear();
    }

    @Override
    public synchronized void write(int unit) {
        byte b = (byte) unit;
        if (missing == 0) {
            taken = 0;
            missing = b >= 0 ? 0 : (b & 0xE0) == 0xC0 ? 1 : (b & 0xF0) == 0xE0 ? 2 : 3;
        } else {
            missing--;
        }
        character[taken++] = b;
        if (missing == 0) {
            take(new String(character, 0, taken, StandardCharsets.UTF_8).codePointAt(0));
        }
    }

    synchronized String text() {
        return Arrays.stream(cells)
                .map(line -> new String(line, 0, line.length).stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    synchronized int bells() {
        return bells;
    }

    private void take(int c) {
        if (!sequence.isEmpty()) {
            sequence.appendCodePoint(c);
            boolean ends = sequence.length() > 2 ? c >= '@' && c <= '~' : c != '[';
            if (ends) {
                obey(sequence.substring(2));
                sequence.setLength(0);
            }
            return;
        }
        switch (c) {
            case '\033' -> sequence.appendCodePoint(c);
            case '\007' -> bells++;
            case '\r' -> column = 0;
            case '\n' -> row = Math.min(row + 1, cells.length - 1);
            default -> {
                if (column < cells[row].length) {
                    cells[row][column++] = c;
                }
            }
        }
    }

    private void obey(String command) {
        if (command.endsWith("H")) {
            var place = command.substring(0, command.length() - 1).split(";", -1);
            row = Math.clamp(Integer.parseInt(place[0]) - 1, 0, cells.length - 1);
            column = Math.max(0, Integer.parseInt(place[1]) - 1);
        } else if (command.equals("2J")) {
            clear();
        } else if (command.equals("2K")) {
            Arrays.fill(cells[row], ' ');
        }
    }

    private void clear() {
        for (int[] line : cells) {
            Arrays.fill(line, ' ');
        }
    }
}
