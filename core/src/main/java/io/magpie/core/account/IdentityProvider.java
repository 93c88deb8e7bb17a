package io.magpie.core.account;

import io.magpie.core.outcome.Outcome;

/// Port: the operator's own identity provider. May block, for its keys.
public interface IdentityProvider {
    /// Checks signature, times, issuer and audience of a JWT. Rejects `unauthenticated`; `unavailable` if the keys
    /// cannot be had now.
    Outcome<Identity> verify(String jwt);
}
