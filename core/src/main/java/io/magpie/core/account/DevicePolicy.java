package io.magpie.core.account;

import io.magpie.core.device.Device;

/// How many devices of a user stay logged in.
public enum DevicePolicy {
    ALL,
    ONE_PER_PLATFORM,
    ONE;

    /// Whether a login of `there` ends when `comes` logs in. A device never has two logins.
    boolean ends(Device there, Device comes) {
        return there.id().equals(comes.id())
                || switch (this) {
                    case ALL -> false;
                    case ONE_PER_PLATFORM -> there.platform() == comes.platform();
                    case ONE -> true;
                };
    }
}
