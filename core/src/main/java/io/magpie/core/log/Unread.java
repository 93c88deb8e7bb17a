package io.magpie.core.log;

/// @param count live messages and notices by others, counted to [#CAP] and no further
/// @param mentioned whether one of them (counted or not) mentions the user
public record Unread(int count, boolean mentioned) {
    public static final int CAP = 1000;
}
