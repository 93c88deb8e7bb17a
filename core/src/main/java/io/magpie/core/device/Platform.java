package io.magpie.core.device;

/// Where a device runs. Wire names are the lower-case names.
public enum Platform {
    WEB,
    IOS,
    ANDROID,
    WINDOWS,
    MAC,
    LINUX,
    BOT
}
