package io.magpie.core.account;

/// What the operator decided about accounts.
///
/// @param registration whether people may register by themselves; back ends and the identity provider always bring
///     users
public record AccountSettings(DevicePolicy devices, boolean registration) {}
