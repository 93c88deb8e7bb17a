/// The HTTP API, typed: accounts, contacts and groups.
@NullMarked
package io.magpie.client.http;

import org.jspecify.annotations.NullMarked;
