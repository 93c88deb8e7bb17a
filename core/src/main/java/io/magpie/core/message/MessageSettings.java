package io.magpie.core.message;

/// What the operator decided about messages.
///
/// @param from who may write to whom directly
/// @param recallWindowMs how long an author may recall; 0 is without limit
/// @param editWindowMs how long an author may edit; 0 is without limit
public record MessageSettings(From from, long recallWindowMs, long editWindowMs) {
    public enum From {
        ANYONE,
        FRIENDS
    }
}
