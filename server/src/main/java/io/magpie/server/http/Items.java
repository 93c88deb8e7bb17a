package io.magpie.server.http;

import java.util.List;

/// A list as an answer, so that it can get company later.
record Items<T>(List<T> items) {}
